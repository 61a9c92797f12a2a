package io.towpath.sandbox.synapse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
@DisplayNameGeneration(ReplaceUnderscores.class)
class FindingTest {
  @AutoClose private final TestSynapse synapse = new TestSynapse(false);
  private String project = "";

  @BeforeEach
  void makeProject() {
    project = synapse.project("finding");
  }

  private TestSynapse.Answer children(ObjectNode request) {
    return synapse.post("/repo/v1/entity/children", request);
  }

  private ObjectNode folders() {
    ObjectNode request = Json.object().put("parentId", project).put("includeTotalChildCount", true);
    request.putArray("includeTypes").add("folder");
    request.putNull("nextPageToken");
    return request;
  }

  @Test
  void children_come_in_pages_of_50_with_offset_tokens() {
    SynapseSeed seed = synapse.platform.seed();
    for (int i = 0; i < 120; i++) {
      seed.folder(project, String.format(java.util.Locale.ROOT, "f%03d", i));
    }
    List<String> names = new ArrayList<>();
    ObjectNode request = folders();
    List<String> tokens = new ArrayList<>();
    JsonNode token;
    do {
      JsonNode page = children(request).json();
      page.path("page").forEach(header -> names.add(header.path("name").asText()));
      assertThat(page.path("totalChildCount").asInt()).isEqualTo(120);
      token = page.path("nextPageToken");
      tokens.add(token.asText());
      request.put("nextPageToken", token.asText());
    } while (!token.isMissingNode());
    assertThat(names).hasSize(120).isSorted().doesNotHaveDuplicates();
    assertThat(tokens).containsExactly("50a50", "50a100", "");
  }

  @Test
  void children_need_types() {
    ObjectNode request = folders();
    request.remove("includeTypes");
    assertThat(children(request).status()).isEqualTo(400);
  }

  @Test
  void a_container_takes_10000_children() {
    SynapseSeed seed = synapse.platform.seed();
    for (int i = 0; i < EntityTree.MAX_CHILDREN; i++) {
      seed.folder(project, "f" + i);
    }
    var refused = synapse.post("/repo/v1/entity", synapse.entity("Folder", project, "more"));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.reason())
        .isEqualTo("Limit of 10000 children exceeded for parent: " + project);
  }

  @Test
  void a_child_is_found_by_its_exact_name() {
    String id = synapse.platform.seed().folder(project, "Data");
    ObjectNode request = Json.object().put("parentId", project).put("entityName", "Data");
    assertThat(synapse.post("/repo/v1/entity/child", request).text("id")).isEqualTo(id);
    var missing = synapse.post("/repo/v1/entity/child", request.put("entityName", "data"));
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.reason())
        .isEqualTo("Child not found for parent: '" + project + "' with name: 'data'");
  }

  private String view(String scope) {
    ObjectNode request = Json.object();
    var columns = request.putArray("list");
    for (String name : List.of("id", "name", "dataFileMD5Hex", "assay")) {
      columns.addObject().put("name", name).put("columnType", "STRING");
    }
    ObjectNode view = synapse.entity("table.EntityView", project, "view");
    view.put("viewTypeMask", 1).putArray("scopeIds").add(scope);
    var ids = view.putArray("columnIds");
    synapse
        .post("/repo/v1/column/batch", request)
        .json()
        .path("list")
        .forEach(column -> ids.add(column.path("id").asText()));
    return synapse.post("/repo/v1/entity", view).text("id");
  }

  @Test
  void a_query_is_a_job_that_is_202_first_and_whose_rows_lag_behind() {
    SynapseSeed seed = synapse.platform.seed();
    String folder = seed.folder(project, "files");
    String file = seed.file(folder, "a.txt", "text/plain", new byte[] {1});
    seed.annotate(file, "assay", List.of("rnaSeq"));
    String view = view(folder);
    String sql = "select id, name, assay from " + view + " where assay = 'rnaSeq' order by name";
    assertThat(rows(view, sql)).containsExactly(List.of(file, "a.txt", "rnaSeq"));
    String second = seed.file(folder, "b.txt", "text/plain", new byte[] {2});
    seed.annotate(second, "assay", List.of("rnaSeq"));
    assertThat(rows(view, sql)).hasSize(1);
    synapse.clock.move(Views.LAG);
    assertThat(rows(view, sql)).hasSize(2);
  }

  private List<List<String>> rows(String view, String sql) {
    ObjectNode request = Json.object().put("entityId", view).put("partMask", 1);
    request.put("concreteType", "org.sagebionetworks.repo.model.table.QueryBundleRequest");
    request.putObject("query").put("sql", sql);
    String base = "/repo/v1/entity/" + view + "/table/query/async";
    String token = synapse.post(base + "/start", request).text("token");
    var first = synapse.get(base + "/get/" + token);
    assertThat(first.status()).isIn(201, 202);
    synapse.clock.move(AsyncJobs.WORK);
    var done = synapse.get(base + "/get/" + token);
    assertThat(done.status()).isEqualTo(201);
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode row : done.json().at("/queryResult/queryResults/rows")) {
      List<String> values = new ArrayList<>();
      row.path("values").forEach(value -> values.add(value.asText()));
      rows.add(values);
    }
    return rows;
  }

  @ParameterizedTest
  @MethodSource
  void a_wrong_query_fails_as_a_job(String end, int offset) {
    String view = view(project);
    ObjectNode request = Json.object().put("entityId", view);
    String sql = "select " + end.replace("@", view);
    request.putObject("query").put("sql", sql).put("offset", offset);
    String base = "/repo/v1/entity/" + view + "/table/query/async";
    var started = synapse.post(base + "/start", request);
    assertThat(started.status()).isEqualTo(201);
    assertThat(
            synapse
                .get(base.replace("/query/", "/download/csv/") + "/get/" + started.text("token"))
                .status())
        .isEqualTo(400);
    synapse.clock.move(AsyncJobs.WORK);
    assertThat(synapse.get(base + "/get/" + started.text("token")).status()).isEqualTo(400);
  }

  static Stream<Arguments> a_wrong_query_fails_as_a_job() {
    return Stream.of(
        Arguments.of("nothing from @", 0),
        Arguments.of("* from @", -1),
        Arguments.of("* from @ limit 99999999999999999999", 0),
        Arguments.of("* from @ limit -1", 0),
        Arguments.of("* from @ where " + "(".repeat(5000) + "name", 0),
        Arguments.of("* from @ where " + "not ".repeat(5000) + "name", 0),
        Arguments.of("* from @ where name = '" + "x".repeat(100_000), 0));
  }

  @Test
  void a_view_downloads_as_csv() {
    SynapseSeed seed = synapse.platform.seed();
    String folder = seed.folder(project, "files");
    String file = seed.file(folder, "a.txt", "text/plain", new byte[] {1});
    String view = view(folder);
    ObjectNode request = Json.object().put("entityId", view);
    request.put("sql", "select id, name from " + view).put("includeRowIdAndRowVersion", false);
    String base = "/repo/v1/entity/" + view + "/table/download/csv/async";
    String token = synapse.post(base + "/start", request).text("token");
    synapse.clock.move(Duration.ofSeconds(1));
    String handle = synapse.get(base + "/get/" + token).text("resultsFileHandleId");
    String url = synapse.get("/file/v1/fileHandle/" + handle + "/url?redirect=false").body();
    assertThat(synapse.get(url).body()).isEqualTo("id,name\n" + file + ",a.txt\n");
  }

  @Test
  void a_file_version_is_a_drs_object() {
    String file = synapse.platform.seed().file(project, "a.txt", "text/plain", new byte[] {1});
    var object = synapse.get("/ga4gh/drs/v1/objects/" + file + ".1");
    assertThat(object.text("self_uri"))
        .isEqualTo("drs://repo-prod.prod.sagebase.org/" + file + ".1");
    String access = object.json().at("/access_methods/0/access_id").asText();
    var url = synapse.get("/ga4gh/drs/v1/objects/" + file + ".1/access/" + access);
    assertThat(synapse.get(url.text("url")).raw().body()).containsExactly(1);
    assertThat(synapse.get("/ga4gh/drs/v1/objects/" + file).status()).isEqualTo(400);
    synapse.actAs(TestSynapse.BOB);
    var refused = synapse.get("/ga4gh/drs/v1/objects/" + file + ".1");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.json().path("status_code").asInt()).isEqualTo(401);
  }
}
