package io.towpath.sandbox.synapse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers keep to Synapse's own OpenAPI file: foreseen status, types, and no unknown fields. */
@Timeout(120)
@DisplayNameGeneration(ReplaceUnderscores.class)
class ContractTest {
  private static final OpenApi SPEC = new OpenApi();
  @AutoClose private final TestSynapse synapse = new TestSynapse(false);
  private String project = "";
  private String file = "";
  private String handle = "";

  @BeforeEach
  void seed() {
    project = synapse.project("contract");
    SynapseSeed seed = synapse.platform.seed();
    file = seed.file(project, "a.txt", "text/plain", "hello".getBytes(StandardCharsets.UTF_8));
    seed.newVersion(file, "hello again".getBytes(StandardCharsets.UTF_8));
    seed.annotate(file, "assay", List.of("rnaSeq"));
    handle = synapse.get("/repo/v1/entity/" + file).text("dataFileHandleId");
  }

  private TestSynapse.Answer checked(String method, String path, TestSynapse.Answer answer) {
    assertThat(SPEC.problems(method, path, answer)).as(method + " " + path).isEmpty();
    return answer;
  }

  private TestSynapse.Answer get(String template, String... values) {
    return checked("get", template, synapse.get(filled(template, values)));
  }

  private TestSynapse.Answer post(String template, ObjectNode body, String... values) {
    return checked("post", template, synapse.post(filled(template, values), body));
  }

  private TestSynapse.Answer put(String template, ObjectNode body, String... values) {
    return checked("put", template, synapse.put(filled(template, values), body));
  }

  /** The template with its variables, then a query, filled in from left to right. */
  private static String filled(String template, String... values) {
    String path = template;
    for (String value : values) {
      path = path.contains("{") ? path.replaceFirst("\\{[^}]*}", value) : path + value;
    }
    return path;
  }

  @Test
  void the_check_itself_finds_wrong_types_and_unknown_fields() {
    var profile = synapse.get("/repo/v1/userProfile");
    assertThat(SPEC.problems("get", "/repo/v1/entity/{id}/access", profile)).isNotEmpty();
    assertThat(SPEC.problems("get", "/repo/v1/entity/{id}", profile))
        .contains("unknown field $.userName")
        .anyMatch(problem -> problem.contains("concreteType"));
  }

  @Test
  void reads_of_an_entity() {
    get("/repo/v1/entity/{id}", file);
    get("/repo/v1/entity/{id}", project);
    get("/repo/v1/entity/{id}/version", file);
    get("/repo/v1/entity/{id}/version/{versionNumber}", file, "1");
    get("/repo/v1/entity/{id}/annotations2", file);
    get("/repo/v1/entity/{id}/version/{versionNumber}/annotations2", file, "1");
    get("/repo/v1/entity/{id}/path", file);
    get("/repo/v1/entity/{id}/permissions", file);
    get("/repo/v1/entity/{id}/access", file, "?accessType=READ");
    get("/repo/v1/entity/{id}/benefactor", file);
    get("/repo/v1/entity/{id}/acl", project);
    get("/repo/v1/entity/{id}/type", file);
    get("/repo/v1/entity/{id}/version/{versionNumber}/type", file, "1");
    get("/repo/v1/entity/type", "?batch=" + file);
    get("/repo/v1/entity/{id}/filehandles", file);
    get("/repo/v1/entity/{id}/version/{versionNumber}/filehandles", file, "1");
    get("/repo/v1/entity/{id}/actions/download", file);
    get("/repo/v1/entity/md5/{md5}", Md5.hex("hello".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void searches_and_bundles() {
    ObjectNode children = Json.object().put("parentId", project);
    children.put("includeTotalChildCount", true).put("includeSumFileSizes", true);
    children.putArray("includeTypes").add("file").add("folder");
    post("/repo/v1/entity/children", children);
    post(
        "/repo/v1/entity/child", Json.object().put("parentId", project).put("entityName", "a.txt"));
    ObjectNode references = Json.object();
    references.putArray("references").addObject().put("targetId", file);
    post("/repo/v1/entity/header", references);
    ObjectNode wanted = Json.object();
    for (String part :
        List.of(
            "Entity",
            "Annotations",
            "Permissions",
            "EntityPath",
            "HasChildren",
            "AccessControlList",
            "FileHandles",
            "BenefactorACL",
            "FileName",
            "ThreadCount",
            "RestrictionInformation",
            "Activity")) {
      wanted.put("include" + part, true);
    }
    post("/repo/v1/entity/{id}/bundle2", wanted, file);
    post("/repo/v1/entity/{id}/bundle2", wanted, project);
    post("/repo/v1/entity/{id}/version/{versionNumber}/bundle2", wanted, file, "1");
    post(
        "/repo/v1/restrictionInformation",
        Json.object().put("objectId", file).put("restrictableObjectType", "ENTITY"));
  }

  @Test
  void writes_of_an_entity() {
    ObjectNode folder =
        (ObjectNode) post("/repo/v1/entity", synapse.entity("Folder", project, "folder")).json();
    put("/repo/v1/entity/{id}", folder.put("description", "d"), folder.path("id").asText());
    String activity =
        post("/repo/v1/activity", Json.object().put("name", "n").put("description", "d"))
            .text("id");
    ObjectNode bundle = Json.object();
    bundle.set("entity", synapse.file(project, "b.txt", synapse.handle(TestSynapse.md5(3))));
    ObjectNode note = bundle.putObject("annotations").putObject("annotations").putObject("n");
    note.put("type", "LONG").putArray("value").add("3");
    var made = post("/repo/v1/entity/bundle2/create", bundle, "?generatedBy=" + activity);
    String id = made.json().at("/entity/id").asText();
    ObjectNode update = Json.object();
    update.set("entity", made.json().path("entity"));
    put("/repo/v1/entity/{id}/bundle2", update, id);
    get("/repo/v1/entity/{id}/generatedBy", id);
    get("/repo/v1/entity/{id}/version/{versionNumber}/generatedBy", id, "1");
    get("/repo/v1/activity/{id}", activity);
    var generated = get("/repo/v1/activity/{id}/generated", activity);
    assertThat(generated.json().at("/results/0/targetId").asText()).isEqualTo(id);
    put("/repo/v1/entity/{id}/generatedBy", Json.object(), file, "?generatedBy=" + activity);
    checked(
        "delete",
        "/repo/v1/entity/{id}/generatedBy",
        synapse.delete("/repo/v1/entity/" + file + "/generatedBy"));
    checked("delete", "/repo/v1/entity/{id}", synapse.delete("/repo/v1/entity/" + id));
    get("/repo/v1/trashcan/view");
  }

  @Test
  void files() {
    ObjectNode batch = Json.object().put("includeFileHandles", true);
    batch
        .put("includePreSignedURLs", true)
        .putArray("requestedFiles")
        .addObject()
        .put("fileHandleId", handle);
    post("/file/v1/fileHandle/batch", batch);
    get("/file/v1/fileHandle/{handleId}", handle);
    get("/file/v1/fileHandle/{handleId}/url", handle, "?redirect=false");
    get("/file/v1/entity/{id}/uploadDestination", project);
    get("/file/v1/entity/{id}/uploadDestinationLocations", project);
    ObjectNode external = Json.object().put("externalURL", "https://example.org");
    external.put("concreteType", "org.sagebionetworks.repo.model.file.ExternalFileHandle");
    post("/file/v1/externalFileHandle", external);
    ObjectNode copy = Json.object();
    copy.putArray("copyRequests")
        .addObject()
        .put("newFileName", "c.txt")
        .putObject("originalFile")
        .put("fileHandleId", handle);
    post("/file/v1/filehandles/copy", copy);
    ObjectNode upload = Json.object().put("fileName", "u").put("contentMD5Hex", "0");
    upload.put("fileSizeBytes", 5).put("partSizeBytes", 5 << 20);
    String id = post("/file/v1/file/multipart", upload).text("uploadId");
    ObjectNode parts = Json.object();
    parts.putArray("partNumbers").add(1);
    post("/file/v1/file/multipart/{uploadId}/presigned/url/batch", parts, id);
    put(
        "/file/v1/file/multipart/{uploadId}/add/{partNumber}",
        Json.object(),
        id,
        "1",
        "?partMD5Hex=0");
  }

  @Test
  void storage_users_and_drs() {
    synapse.store.createBucket("mine");
    synapse.store.put("mine", "owner.txt", "text/plain", "ann".getBytes(StandardCharsets.UTF_8));
    ObjectNode setting = Json.object().put("bucket", "mine").put("stsEnabled", true);
    setting.put("concreteType", StorageLocation.EXTERNAL_S3).put("uploadType", "S3");
    var location = post("/repo/v1/storageLocation", setting);
    long id = location.json().path("storageLocationId").asLong();
    get("/repo/v1/storageLocation/{id}", Long.toString(id));
    String folder = synapse.platform.seed().folder(project, "sts");
    ObjectNode upload = Json.object().put("projectId", folder).put("settingsType", "upload");
    upload.put("concreteType", ProjectSettings.UPLOAD_LIST).putArray("locations").add(id);
    String made = post("/repo/v1/projectSettings", upload).text("id");
    get("/repo/v1/projectSettings/{id}", made);
    get("/repo/v1/projectSettings/{projectId}/type/{type}", folder, "upload");
    get("/repo/v1/entity/{id}/sts", folder, "?permission=read_only");
    get("/file/v1/entity/{id}/uploadDestination", folder);
    get("/repo/v1/userProfile");
    get("/repo/v1/userProfile/{profileId}", TestSynapse.BOB.userId());
    get("/repo/v1/userGroupHeaders/batch", "?ids=" + TestSynapse.BOB.userId());
    get("/auth/v1/termsOfUse2/status");
    get("/ga4gh/drs/v1/service-info");
    var object = get("/ga4gh/drs/v1/objects/{object_id}", file + ".2");
    get(
        "/ga4gh/drs/v1/objects/{object_id}/access/{access_id}",
        file + ".2",
        object.json().at("/access_methods/0/access_id").asText());
  }

  @Test
  void queries() {
    ObjectNode columns = Json.object();
    columns.putArray("list").addObject().put("name", "id").put("columnType", "ENTITYID");
    var made = post("/repo/v1/column/batch", columns);
    get("/repo/v1/column/tableview/defaults", "?viewTypeMask=1");
    ObjectNode view = synapse.entity("table.EntityView", project, "view").put("viewTypeMask", 1);
    view.putArray("scopeIds").add(project);
    view.putArray("columnIds").add(made.json().at("/list/0/id").asText());
    String id = post("/repo/v1/entity", view).text("id");
    get("/repo/v1/entity/{id}/column", id);
    ObjectNode request = Json.object().put("entityId", id);
    request.put("concreteType", "org.sagebionetworks.repo.model.table.QueryBundleRequest");
    request.putObject("query").put("sql", "select * from " + id).put("includeEntityEtag", true);
    String start = "/repo/v1/entity/{id}/table/query/async/start";
    String token = post(start, request, id).text("token");
    synapse.clock.move(AsyncJobs.WORK);
    get("/repo/v1/entity/{id}/table/query/async/get/{asyncToken}", id, token);
    get("/repo/v1/asynchronous/job/{jobId}", token);
    ObjectNode csv = Json.object().put("entityId", id).put("sql", "select * from " + id);
    csv.put("concreteType", "org.sagebionetworks.repo.model.table.DownloadFromTableRequest");
    String job = post("/repo/v1/entity/{id}/table/download/csv/async/start", csv, id).text("token");
    synapse.clock.move(AsyncJobs.WORK);
    get("/repo/v1/entity/{id}/table/download/csv/async/get/{asyncToken}", id, job);
  }
}
