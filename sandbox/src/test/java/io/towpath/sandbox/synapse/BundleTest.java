package io.towpath.sandbox.synapse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
@DisplayNameGeneration(ReplaceUnderscores.class)
class BundleTest {
  private static final String CREATE = "/repo/v1/entity/bundle2/create";
  @AutoClose private final TestSynapse synapse = new TestSynapse(false);
  private String project = "";

  @BeforeEach
  void makeProject() {
    project = synapse.project("bundles");
  }

  private static ObjectNode annotations(String key, String value) {
    ObjectNode annotations = Json.object();
    ObjectNode typed = annotations.putObject("annotations").putObject(key);
    typed.put("type", "STRING").putArray("value").add(value);
    return annotations;
  }

  private ObjectNode bundle(String name, ObjectNode annotations) {
    ObjectNode bundle = Json.object();
    bundle.set("entity", synapse.file(project, name, synapse.handle(TestSynapse.md5(1))));
    bundle.set("annotations", annotations);
    return bundle;
  }

  private String activity() {
    return synapse.post("/repo/v1/activity", Json.object().put("name", "run")).text("id");
  }

  private int children() {
    ObjectNode request = Json.object().put("parentId", project);
    request.putArray("includeTypes").add("file");
    return synapse.post("/repo/v1/entity/children", request).json().path("page").size();
  }

  @Test
  void entity_annotations_and_provenance_are_made_together() {
    String activity = activity();
    var made =
        synapse.post(
            CREATE + "?generatedBy=" + activity, bundle("f", annotations("assay", "rnaSeq")));
    assertThat(made.status()).isEqualTo(201);
    String id = made.json().path("entity").path("id").asText();
    ObjectNode wanted = Json.object().put("includeAnnotations", true).put("includeActivity", true);
    wanted.put("includeFileHandles", true);
    var read = synapse.post("/repo/v1/entity/" + id + "/bundle2", wanted).json();
    assertThat(read.at("/annotations/annotations/assay/value/0").asText()).isEqualTo("rnaSeq");
    assertThat(read.at("/activity/id").asText()).isEqualTo(activity);
    assertThat(read.path("fileHandles")).hasSize(1);
    assertThat(read.has("entity")).isFalse();
  }

  @Test
  void nothing_is_made_when_one_part_is_refused() {
    assertThat(synapse.post(CREATE, bundle("f", annotations("bad key", "x"))).status())
        .isEqualTo(400);
    assertThat(
            synapse.post(CREATE + "?generatedBy=1", bundle("f", annotations("good", "x"))).status())
        .isEqualTo(404);
    assertThat(children()).isZero();
    assertThat(synapse.committed("POST /entity/bundle2/create")).isZero();
  }

  @Test
  void a_bundle_merges_annotations_without_etag_and_a_put_replaces_them_with_one() {
    var made = synapse.post(CREATE, bundle("f", annotations("a", "1"))).json();
    String id = made.at("/entity/id").asText();
    ObjectNode update = Json.object();
    update.set("annotations", annotations("b", "2").put("id", id));
    var merged = synapse.put("/repo/v1/entity/" + id + "/bundle2", update);
    assertThat(merged.status()).isEqualTo(200);
    assertThat(merged.json().at("/annotations/annotations")).hasSize(2);
    String path = "/repo/v1/entity/" + id + "/annotations2";
    ObjectNode stale = annotations("c", "3").put("etag", made.at("/entity/etag").asText());
    assertThat(synapse.put(path, stale).status()).isEqualTo(412);
    ObjectNode fresh = annotations("c", "3").put("etag", merged.json().at("/entity/etag").asText());
    assertThat(synapse.put(path, fresh).json().path("annotations")).hasSize(1);
  }

  @Test
  void an_update_of_the_entity_needs_the_current_etag_and_is_all_or_nothing() {
    var made = synapse.post(CREATE, bundle("f", annotations("a", "1"))).json();
    String id = made.at("/entity/id").asText();
    String path = "/repo/v1/entity/" + id + "/bundle2";
    ObjectNode update = Json.object();
    ObjectNode entity = (ObjectNode) made.path("entity").deepCopy();
    update.set("entity", entity.put("dataFileHandleId", synapse.handle(TestSynapse.md5(2))));
    update.set("annotations", annotations("b", "2").put("id", id));
    var updated = synapse.put(path + "?generatedBy=" + activity(), update);
    assertThat(updated.json().at("/entity/versionNumber").asInt()).isEqualTo(2);
    assertThat(updated.json().has("activity")).isTrue();
    var lost = synapse.put(path, update);
    assertThat(lost.status()).isEqualTo(412);
    assertThat(synapse.committed("PUT /entity/{id}/bundle2")).isEqualTo(1);
  }

  @Test
  void an_activity_pins_current_versions_and_refuses_s3_urls() {
    var made = synapse.post(CREATE, bundle("f", annotations("a", "1"))).json();
    ObjectNode activity = Json.object().put("name", "run");
    ObjectNode used = activity.putArray("used").addObject();
    used.put("concreteType", "org.sagebionetworks.repo.model.provenance.UsedEntity");
    used.putObject("reference").put("targetId", made.at("/entity/id").asText());
    var pinned = synapse.post("/repo/v1/activity", activity);
    assertThat(pinned.status()).isEqualTo(201);
    assertThat(pinned.json().at("/used/0/reference/targetVersionNumber").asInt()).isEqualTo(1);
    ObjectNode url = Json.object();
    url.putArray("used")
        .addObject()
        .put("concreteType", "org.sagebionetworks.repo.model.provenance.UsedURL")
        .put("url", "s3://bucket/key");
    var refused = synapse.post("/repo/v1/activity", url);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.reason()).isEqualTo("UsedURL url field is malformed: s3://bucket/key");
  }
}
