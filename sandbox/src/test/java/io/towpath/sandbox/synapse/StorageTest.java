package io.towpath.sandbox.synapse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
@DisplayNameGeneration(ReplaceUnderscores.class)
class StorageTest {
  private static final String PATH = "/repo/v1/storageLocation";
  @AutoClose private final TestSynapse synapse = new TestSynapse(false);

  @BeforeEach
  void makeBucket() {
    synapse.store.createBucket("mine");
  }

  private void owners(String key, String text) {
    synapse.store.put("mine", key, "text/plain", text.getBytes(StandardCharsets.UTF_8));
  }

  private static ObjectNode location(boolean sts) {
    ObjectNode setting = Json.object().put("bucket", "mine").put("baseKey", "/runs/ ");
    return setting.put("concreteType", StorageLocation.EXTERNAL_S3).put("stsEnabled", sts);
  }

  private long create(boolean sts) {
    owners("runs/owner.txt", "someone\n" + TestSynapse.ANN.userId());
    var made = synapse.post(PATH, location(sts));
    assertThat(made.status()).isEqualTo(201);
    return made.json().path("storageLocationId").asLong();
  }

  private TestSynapse.Answer register(long location, String key) {
    ObjectNode handle = Json.object().put("bucketName", "mine").put("key", key);
    handle.put("concreteType", "org.sagebionetworks.repo.model.file.S3FileHandle");
    handle.put("contentMd5", TestSynapse.md5(1)).put("storageLocationId", location);
    return synapse.post("/file/v1/externalFileHandle/s3", handle);
  }

  @Test
  void the_owner_file_must_name_the_caller() {
    assertThat(synapse.post(PATH, location(false)).reason())
        .startsWith("Did not find S3 object at key runs/owner.txt from bucket mine");
    owners("runs/owner.txt", "somebody, else");
    assertThat(synapse.post(PATH, location(false)).reason())
        .startsWith("Could not find a valid user identifier under key runs/owner.txt");
    assertThat(synapse.post(PATH, location(false).put("bucket", "other")).reason())
        .startsWith("Did not find S3 bucket other");
    owners("runs/owner.txt", "somebody, ANN");
    assertThat(synapse.post(PATH, location(false)).status()).isEqualTo(201);
  }

  @Test
  void equal_locations_are_one_and_only_their_creator_sees_them() {
    long id = create(false);
    assertThat(create(false)).isEqualTo(id);
    assertThat(synapse.committed("POST /storageLocation")).isEqualTo(1);
    synapse.actAs(TestSynapse.BOB);
    assertThat(synapse.get(PATH + "/" + id).status()).isEqualTo(403);
  }

  @Test
  void an_object_is_registered_in_place_by_the_creator_of_the_location() {
    long location = create(false);
    var missing = register(location, "runs/a.txt");
    assertThat(missing.status()).isEqualTo(400);
    assertThat(missing.reason())
        .isEqualTo("Unable to access the file at bucket: mine key: runs/a.txt.");
    owners("runs/a.txt", "hello");
    var made = register(location, "runs/a.txt");
    assertThat(made.status()).isEqualTo(200);
    assertThat(made.json().path("contentSize").asInt()).isEqualTo(5);
    assertThat(made.text("fileName")).isEqualTo("NOT_SET");
    assertThat(register(location, "runs/a.txt").text("id")).isNotEqualTo(made.text("id"));
    synapse.actAs(TestSynapse.BOB);
    var refused = register(location, "runs/a.txt");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.reason())
        .startsWith(
            "Only the creator of ExternalS3StorageLocationSetting.id=" + location + " can create");
  }

  @Test
  void a_folder_hands_out_credentials_when_its_location_is_sts_enabled() {
    long location = create(true);
    String project = synapse.project("sts");
    String sts = "/repo/v1/entity/" + project + "/sts?permission=read_write";
    assertThat(synapse.get(sts).reason())
        .isEqualTo("Entity must have an STS-enabled storage location");
    ObjectNode setting = Json.object().put("projectId", project).put("settingsType", "upload");
    setting.put("concreteType", ProjectSettings.UPLOAD_LIST).putArray("locations").add(location);
    var none = synapse.get("/repo/v1/projectSettings/" + project + "/type/upload");
    assertThat(none.body()).isEqualTo("null");
    assertThat(synapse.post("/repo/v1/projectSettings", setting).status()).isEqualTo(201);
    var second = synapse.post("/repo/v1/projectSettings", setting);
    assertThat(second.status()).isEqualTo(400);
    assertThat(second.reason())
        .isEqualTo(
            "A project setting of type 'upload' for project " + project + " already exists.");
    var credentials = synapse.get(sts);
    assertThat(credentials.status()).isEqualTo(200);
    assertThat(credentials.text("baseKey")).isEqualTo("runs");
    assertThat(synapse.get("/file/v1/entity/" + project + "/uploadDestination").text("bucket"))
        .isEqualTo("mine");
    String elsewhere = synapse.handle(TestSynapse.md5(1));
    assertThat(synapse.post("/repo/v1/entity", synapse.file(project, "f", elsewhere)).status())
        .isEqualTo(400);
  }
}
