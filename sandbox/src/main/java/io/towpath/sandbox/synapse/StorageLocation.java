package io.towpath.sandbox.synapse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * Where files of a folder are stored.
 *
 * @param setting what was asked for, in its normal form, without id, etag and date
 */
record StorageLocation(
    long id, String etag, String createdBy, String createdOn, ObjectNode setting) {
  static final String PROJECT_MODEL = "org.sagebionetworks.repo.model.project.";
  static final String EXTERNAL_S3 = PROJECT_MODEL + "ExternalS3StorageLocationSetting";
  static final String SYNAPSE_S3 = PROJECT_MODEL + "S3StorageLocationSetting";

  boolean isExternalS3() {
    return Json.text(setting, "concreteType").equals(Optional.of(EXTERNAL_S3));
  }

  boolean stsEnabled() {
    return Json.flag(setting, "stsEnabled");
  }

  Optional<String> baseKey() {
    return Json.text(setting, "baseKey");
  }

  String bucket(String synapseBucket) {
    return Json.text(setting, "bucket").orElse(synapseBucket);
  }

  ObjectNode json() {
    ObjectNode json = setting.deepCopy();
    json.put("storageLocationId", id);
    json.put("etag", etag);
    json.put("createdOn", createdOn);
    json.put("createdBy", Long.parseLong(createdBy));
    return json;
  }

  /** The same place as an upload destination. */
  ObjectNode destination(String projectId) {
    ObjectNode json = Json.object();
    json.put(
        "concreteType",
        "org.sagebionetworks.repo.model.file."
            + (isExternalS3() ? "ExternalS3UploadDestination" : "S3UploadDestination"));
    json.put("storageLocationId", id);
    json.put("uploadType", Json.text(setting, "uploadType").orElse("S3"));
    json.put("destinationProjectId", projectId);
    Json.put(json, "banner", Json.text(setting, "banner"));
    Json.put(json, "bucket", Json.text(setting, "bucket"));
    Json.put(json, "baseKey", baseKey());
    json.put("stsEnabled", stsEnabled());
    return json;
  }
}
