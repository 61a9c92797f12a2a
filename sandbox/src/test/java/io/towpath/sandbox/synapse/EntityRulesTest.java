package io.towpath.sandbox.synapse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
@DisplayNameGeneration(ReplaceUnderscores.class)
class EntityRulesTest {
  @AutoClose private final TestSynapse synapse = new TestSynapse(false);
  private String project = "";

  @BeforeEach
  void makeProject() {
    project = synapse.project("rules");
  }

  private TestSynapse.Answer create(ObjectNode entity) {
    return synapse.post("/repo/v1/entity", entity);
  }

  private ObjectNode newFile(String name, int content) {
    return synapse.file(project, name, synapse.handle(TestSynapse.md5(content)));
  }

  private TestSynapse.Answer update(ObjectNode entity, String query) {
    return synapse.put("/repo/v1/entity/" + entity.path("id").asText() + query, entity);
  }

  @Test
  void a_created_entity_is_answered_201_and_journalled_once() {
    var made = create(synapse.entity("Folder", project, "results"));
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.text("parentId")).isEqualTo(project);
    assertThat(made.text("createdOn"))
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    assertThat(synapse.committed("POST /entity")).isEqualTo(2);
  }

  @Test
  void a_name_that_is_taken_is_409_with_the_name_and_parent() {
    create(synapse.entity("Folder", project, "twice"));
    var again = create(synapse.entity("Folder", project, "twice"));
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.reason())
        .isEqualTo("An entity with the name: twice already exists with a parentId: " + project);
    assertThat(again.text("concreteType"))
        .isEqualTo("org.sagebionetworks.repo.model.ErrorResponse");
    assertThat(create(synapse.entity("Folder", project, "Twice")).status()).isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=b", "a:b", "a@b", "a#b", "ä", "a/b", ""})
  void illegal_names_are_400(String name) {
    assertThat(create(synapse.entity("Folder", project, name)).status()).isEqualTo(400);
  }

  @Test
  void names_are_trimmed_and_a_missing_one_becomes_the_id() {
    assertThat(create(synapse.entity("Folder", project, "  a (b)+'c' ")).text("name"))
        .isEqualTo("a (b)+'c'");
    ObjectNode nameless = synapse.entity("Folder", project, "x");
    nameless.remove("name");
    var made = create(nameless);
    assertThat(made.text("name")).isEqualTo(made.text("id"));
  }

  @Test
  void an_update_with_an_old_etag_is_412_and_changes_nothing() {
    var made = create(newFile("f", 1));
    ObjectNode first = (ObjectNode) made.json().deepCopy();
    assertThat(update(first.put("description", "one"), "").status()).isEqualTo(200);
    var late = update(first.put("description", "two"), "");
    assertThat(late.status()).isEqualTo(412);
    assertThat(late.reason())
        .isEqualTo(
            "Object: "
                + made.text("id")
                + " was updated since you last fetched it, retrieve it again and re-apply the"
                + " update");
    assertThat(synapse.get("/repo/v1/entity/" + made.text("id")).text("description"))
        .isEqualTo("one");
  }

  @Test
  void other_bytes_make_a_version_and_equal_bytes_do_not() {
    ObjectNode file = (ObjectNode) create(newFile("f", 1)).json();
    file.put("dataFileHandleId", synapse.handle(TestSynapse.md5(1)));
    ObjectNode same = (ObjectNode) update(file, "").json();
    assertThat(same.path("versionNumber").asInt()).isEqualTo(1);
    same.put("dataFileHandleId", synapse.handle(TestSynapse.md5(2)));
    var other = update(same.put("versionComment", "kept?"), "");
    assertThat(other.json().path("versionNumber").asInt()).isEqualTo(2);
    assertThat(other.text("versionLabel")).isEqualTo("2");
    assertThat(other.json().has("versionComment")).isFalse();
  }

  @Test
  void a_version_label_is_unique_without_regard_to_case() {
    ObjectNode file = (ObjectNode) create(newFile("f", 1)).json();
    ObjectNode next =
        (ObjectNode) update(file.put("versionLabel", "Run-1"), "?newVersion=true").json();
    var again = update(next.put("versionLabel", "run-1"), "?newVersion=true");
    assertThat(again.status()).isEqualTo(400);
    assertThat(again.reason()).contains("UNIQUE_REVISION_LABEL");
    assertThat(
            synapse
                .get("/repo/v1/entity/" + next.path("id").asText() + "/version")
                .json()
                .path("totalNumberOfResults")
                .asInt())
        .isEqualTo(2);
  }

  @Test
  void a_new_version_forgets_provenance_and_a_plain_update_keeps_it() {
    String activity =
        synapse.post("/repo/v1/activity", Json.object().put("name", "run")).text("id");
    var made = synapse.post("/repo/v1/entity?generatedBy=" + activity, newFile("f", 1));
    ObjectNode file = (ObjectNode) made.json();
    String id = made.text("id");
    file = (ObjectNode) update(file.put("description", "d"), "").json();
    assertThat(synapse.get("/repo/v1/entity/" + id + "/generatedBy").status()).isEqualTo(200);
    file.remove("versionLabel");
    update(file, "?newVersion=true");
    assertThat(synapse.get("/repo/v1/entity/" + id + "/generatedBy").status()).isEqualTo(404);
    assertThat(synapse.get("/repo/v1/entity/" + id + "/version/1/generatedBy").status())
        .isEqualTo(200);
  }

  @Test
  void a_trashed_entity_is_404_and_leaves_its_name_free() {
    String id = create(synapse.entity("Folder", project, "gone")).text("id");
    assertThat(synapse.delete("/repo/v1/entity/" + id).status()).isEqualTo(204);
    assertThat(synapse.delete("/repo/v1/entity/" + id).status()).isEqualTo(204);
    assertThat(synapse.committed("DELETE /entity/{id}")).isEqualTo(1);
    assertThat(synapse.get("/repo/v1/entity/" + id).status()).isEqualTo(404);
    var again = create(synapse.entity("Folder", project, "gone"));
    assertThat(again.text("id")).isNotEqualTo(id);
    assertThat(synapse.put("/repo/v1/trashcan/restore/" + id).status()).isEqualTo(409);
    assertThat(synapse.put("/repo/v1/trashcan/restore/" + again.text("id")).status())
        .isEqualTo(404);
  }

  @Test
  void a_handle_that_somebody_else_made_is_403() {
    synapse.actAs(TestSynapse.BOB);
    String bobs = synapse.handle(TestSynapse.md5(1));
    synapse.actAs(TestSynapse.ANN);
    assertThat(create(synapse.file(project, "f", bobs)).status()).isEqualTo(403);
  }

  @Test
  void a_version_takes_another_handle_of_the_same_bytes_only() {
    ObjectNode file = (ObjectNode) create(newFile("f", 1)).json();
    String path = "/repo/v1/entity/" + file.path("id").asText() + "/version/1/filehandle";
    ObjectNode swap = Json.object().put("oldFileHandleId", file.path("dataFileHandleId").asText());
    swap.put("newFileHandleId", synapse.handle(TestSynapse.md5(2)));
    assertThat(synapse.put(path, swap).status()).isEqualTo(412);
    swap.put("newFileHandleId", synapse.handle(TestSynapse.md5(1)));
    assertThat(synapse.put(path, swap).status()).isEqualTo(200);
    assertThat(synapse.put(path, swap).status()).isEqualTo(412);
  }
}
