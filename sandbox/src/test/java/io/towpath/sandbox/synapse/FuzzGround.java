package io.towpath.sandbox.synapse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Fresh objects for one route's odd requests, so that these get as far as ordinary ones do. */
final class FuzzGround {
  private static final String MODEL = "org.sagebionetworks.repo.model.";
  private static final String ETAG = "@etag@";
  private static final String NAME = "@name@";

  private final TestSynapse synapse;
  private final int serial;
  private final Map<String, String> known = new HashMap<>();
  private final String project;
  private final String file;
  private final String handle;
  private String tagged;
  private int names;

  FuzzGround(TestSynapse synapse, int serial) {
    this.synapse = synapse;
    this.serial = serial;
    SynapseSeed seed = synapse.platform.seed();
    project = synapse.project("fuzz " + serial);
    file = seed.file(project, "a.txt", "text/plain", "a".getBytes(StandardCharsets.UTF_8));
    seed.newVersion(file, "b".getBytes(StandardCharsets.UTF_8));
    seed.annotate(file, "assay", List.of("rnaSeq"));
    handle = synapse.get("/repo/v1/entity/" + file).text("dataFileHandleId");
    tagged = "/repo/v1/entity/" + file;
  }

  /** Replaces what every request must have anew: the current etag and a free name. */
  byte[] fresh(byte[] body) {
    String text = new String(body, StandardCharsets.ISO_8859_1);
    if (!text.contains(ETAG) && !text.contains(NAME)) {
      return body;
    }
    names++;
    return text.replace(ETAG, synapse.get(tagged).text("etag"))
        .replace(NAME, "n" + serial + "-" + names)
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Ids that exist, by the names of parameters, fields and schemas. */
  Map<String, String> known(String template) {
    addFields();
    addFiles();
    addActivity(template);
    if (template.contains("/async") || template.contains("/column")) {
      addView(template);
    }
    if (template.startsWith("/projectSettings")) {
      addSetting();
    }
    if (template.contains("/restore/") || template.contains("/purge/")) {
      synapse.delete("/repo/v1/entity/" + file);
    }
    if (template.startsWith("/user")) {
      known.put("id", TestSynapse.ANN.userId());
    }
    if (template.startsWith("/storageLocation/") || template.equals("/file/{id}")) {
      known.put("id", template.startsWith("/file") ? handle : location());
    }
    return known;
  }

  private void addFields() {
    EntityType[] types = EntityType.values();
    known.put(MODEL + "Entity", types[serial % types.length].concreteType());
    known.put(MODEL + "file.MultipartRequest", MODEL + "file.MultipartUploadRequest");
    known.put(MODEL + "project.StorageLocationSetting", StorageLocation.SYNAPSE_S3);
    for (String name : List.of("id", "targetId", "entityId", "associateObjectId", "batch")) {
      known.put(name, file);
    }
    for (String name : List.of("fileAssociateId", "objectId")) {
      known.put(name, file);
    }
    for (String name : List.of("parentId", "projectId", "scopeIds", "scope")) {
      known.put(name, project);
    }
    known.put("fileNameOverride", "-");
    known.put("etag", ETAG);
    known.put("name", NAME);
    known.put("versionLabel", NAME);
    known.put("alias", NAME);
    known.put("versionNumber", "2");
    known.put("object_id", file + ".2");
    known.put("access_id", "FileEntity_" + file + ".2_" + handle);
    known.put("entityName", "a.txt");
    known.put("includeTypes", "file");
    known.put("nextPageToken", "50a0");
    known.put("accessType", "READ");
    known.put("type", "upload");
    known.put("redirect", "false");
    known.put("profileId", TestSynapse.BOB.userId());
    known.put("permission", "read_only");
  }

  private void addFiles() {
    for (String name : List.of("fileHandleId", "handleId", "oldFileHandleId")) {
      known.put(name, handle);
    }
    known.put("dataFileHandleId", synapse.handle(TestSynapse.md5(serial)));
    known.put("handleIdToCopyFrom", handle);
    known.put("newFileHandleId", synapse.handle(Md5.hex("b".getBytes(StandardCharsets.UTF_8))));
    known.put("contentMD5Hex", TestSynapse.md5(serial));
    known.put("contentMd5", TestSynapse.md5(serial));
    known.put("partSizeBytes", Integer.toString(5 << 20));
    known.put("fileAssociateType", "FileEntity");
    known.put("url", "https://example.org/x");
    known.put("externalURL", "https://example.org/x");
    ObjectNode upload = Json.object().put("fileName", "u").put("contentMD5Hex", "0" + serial);
    upload.put("fileSizeBytes", 5).put("partSizeBytes", 5 << 20);
    known.put("uploadId", synapse.post("/file/v1/file/multipart", upload).text("uploadId"));
    known.put("partNumber", "1");
    known.put("partNumbers", "1");
    known.put("partMD5Hex", "0");
    known.put("bucketName", "fuzz-own");
    known.put("key", "a");
    known.put("storageLocationId", location());
  }

  private String location() {
    if (!synapse.store.bucketExists("fuzz-own")) {
      synapse.store.createBucket("fuzz-own");
      byte[] owner = "ann".getBytes(StandardCharsets.UTF_8);
      synapse.store.put("fuzz-own", "owner.txt", "text/plain", owner);
      synapse.store.put("fuzz-own", "a", "text/plain", owner);
    }
    ObjectNode setting = Json.object().put("bucket", "fuzz-own").put("uploadType", "S3");
    setting.put("concreteType", StorageLocation.EXTERNAL_S3);
    return synapse.post("/repo/v1/storageLocation", setting).text("storageLocationId");
  }

  private void addActivity(String template) {
    String activity = synapse.post("/repo/v1/activity", Json.object()).text("id");
    synapse.put("/repo/v1/entity/" + file + "/generatedBy?generatedBy=" + activity);
    known.put("generatedBy", activity);
    if (template.startsWith("/activity/")) {
      known.put("id", activity);
      tagged = "/repo/v1/activity/" + activity;
    } else if (template.contains("bundle2") || template.equals("/entity/{id}")) {
      known.put(MODEL + "Entity", EntityType.FILE.concreteType());
    }
  }

  private void addView(String template) {
    ObjectNode column = Json.object().put("name", "name").put("columnType", "STRING");
    known.put("columnId", synapse.post("/repo/v1/column", column).text("id"));
    ObjectNode view = synapse.entity("table.EntityView", project, "view").put("viewTypeMask", 1);
    view.putArray("scopeIds").add(project);
    view.putArray("columnIds").add(known.getOrDefault("columnId", ""));
    String id = synapse.post("/repo/v1/entity", view).text("id");
    ObjectNode request = Json.object();
    if (template.contains("/csv/")) {
      request.put("sql", "select * from " + id);
    } else if (template.contains("/scope/")) {
      request.putObject("viewScope").putArray("scope").add(project);
    } else {
      request.putObject("query").put("sql", "select * from " + id);
    }
    String query = "/entity/{id}/table/query/async";
    String job = template.contains("/async/") ? template.replaceAll("/async/.*", "/async") : query;
    String start = "/repo/v1" + job.replace("{id}", id) + "/start";
    String token = synapse.post(start, request).text("token");
    synapse.clock.move(AsyncJobs.WORK);
    known.put("id", id);
    known.put("entityId", id);
    known.put("sql", "select * from " + id);
    known.put("asyncToken", token);
    known.put("jobId", token);
    known.put("separator", ",");
  }

  private void addSetting() {
    ObjectNode setting = Json.object().put("projectId", project).put("settingsType", "upload");
    setting.put("concreteType", ProjectSettings.UPLOAD_LIST).putArray("locations").add(1);
    String id = synapse.post("/repo/v1/projectSettings", setting).text("id");
    known.put("id", id);
    known.put("locations", "1");
    known.put("projectId", synapse.platform.seed().folder(project, "other"));
    tagged = "/repo/v1/projectSettings/" + id;
  }
}
