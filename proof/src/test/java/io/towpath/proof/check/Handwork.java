package io.towpath.proof.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.Sandbox;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A small round trip that is done by hand, call by call, over the sandbox's own ports: a file is
 * staged, a run is launched, its output is filed and gets an id.
 */
final class Handwork {
  private static final byte[] READS = {1, 2, 3};
  private static final String TABLE = "towpath/ids.csv";
  private static final String BUNDLE = "/repo/v1/entity/bundle2/create";

  final Buckets buckets;
  final Expectation asked;
  final ObjectNode report = Web.JSON.createObjectNode();
  final String name;
  final String own;
  final String staged;
  final String folder;
  final String reads;
  final String activity;
  final String output;
  final String filed;
  final String run;

  private final Map<String, String> env;
  private final Web web = new Web();
  private final JsonNode seed;

  /**
   * Does the work.
   *
   * @param name of the work, which all its calls hold
   */
  Handwork(Sandbox sandbox, Buckets buckets, String name) {
    this.buckets = buckets;
    this.name = name;
    this.env = sandbox.env();
    this.seed = web.json(Web.get(env.get("TOWPATH_SANDBOX_CONTROL") + "/seed"));
    long since = now();
    this.own = "s3://" + seed("s3.bucket") + "/hand/" + name + "/";
    this.staged = own + "reads.fastq.gz";
    this.folder = sandbox.synapseSeed().folder(seed("synapse.project"), name);
    this.reads =
        sandbox
            .synapseSeed()
            .file(seed("synapse.project"), name + ".fastq.gz", "application/gzip", READS);
    buckets.put(staged, READS);
    this.run = launch();
    this.activity = activity(reads, run);
    this.output = Platforms.of(env).s3().list(own + "out/").get(0);
    this.filed = file(folder, "out.txt", output);
    this.asked = expectation(since);
  }

  private Expectation expectation(long since) {
    table(mint(output));
    report.put("kind", "round-trip").put("outcome", "SUCCEEDED").put("doublesCancelled", 0);
    report.putArray("runs").addObject().put("workflowId", run).put("status", "SUCCEEDED");
    report.putObject("staged").put("count", 1).put("bytes", READS.length);
    report.putObject("index").put("created", 1).put("newVersions", 0).put("unchanged", 0);
    report.put("reportSynId", filed + ".1");
    return Expectation.of(name + "\\b|\"" + folder + "\"", since)
        .run("seqera", "\"" + name + "-run")
        .staged(staged, READS)
        .output(folder, "out.txt", "hand/" + name + "/out/")
        .input(reads + ".1")
        .ids(own + TABLE, "drs_uri", "uri", 1)
        .keeps(reads + ".1")
        .own(own)
        .budget(12, 0);
  }

  Verdict verdict() {
    asked.report(report);
    return Verdict.of(asked, Platforms.of(env));
  }

  /** The same with an entry that nobody has sent at the end of the journal. */
  Verdict verdictWith(String platform, String route, String object, String request) {
    ObjectNode forged = Web.JSON.createObjectNode();
    forged.put("seq", now() + 1).put("platform", platform).put("route", route);
    forged.put("committed", true);
    forged.putObject("object").put("id", object).put("name", name + "-forged");
    forged.put("request", request);
    List<Entry> entries = new ArrayList<>(Platforms.of(env).journal(0).entries());
    entries.add(Entry.of(forged));
    asked.report(report);
    return Verdict.of(new Scene(asked, Platforms.of(env), new Journal(entries)));
  }

  /** The journal's last number. */
  long now() {
    long last = 0;
    for (JsonNode entry : web.json(Web.get(env("TOWPATH_SANDBOX_CONTROL") + "/effects"))) {
      last = entry.path("seq").asLong();
    }
    return last;
  }

  /** Launches the run, also a second time under the same name; waits for its end. */
  String launch() {
    return ended(submit(), "SUCCEEDED");
  }

  private String ended(String id, String how) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> Platforms.of(env).state("seqera", id).equals(how));
    return id;
  }

  private String submit() {
    ObjectNode body = Web.JSON.createObjectNode();
    body.putObject("launch")
        .put("computeEnvId", seed("seqera.computeEnv"))
        .put("pipeline", seed("seqera.pipeline"))
        .put("revision", seed("seqera.revision"))
        .put("runName", name + "-run")
        .put("workDir", own + "towpath/work")
        .put("paramsText", "{\"outdir\":\"" + own + "out/\"}");
    return seqera("/workflow/launch", body).path("workflowId").asText();
  }

  void cancel(String id) {
    seqera("/workflow/" + id + "/cancel", Web.JSON.createObjectNode());
    ended(id, "CANCELLED");
  }

  private JsonNode seqera(String path, JsonNode body) {
    String url = env("TOWER_API_ENDPOINT") + path + "?workspaceId=" + env("TOWER_WORKSPACE_ID");
    return web.json(
        Web.post(url, body).header("Authorization", "Bearer " + env("TOWER_ACCESS_TOKEN")));
  }

  /** An activity that names an entity and a run. */
  String activity(String used, String executed) {
    ObjectNode body = Web.JSON.createObjectNode().put("name", name);
    ArrayNode list = body.putArray("used");
    list.addObject()
        .put("wasExecuted", false)
        .put("concreteType", "org.sagebionetworks.repo.model.provenance.UsedEntity")
        .putObject("reference")
        .put("targetId", used)
        .put("targetVersionNumber", 1);
    list.addObject()
        .put("wasExecuted", true)
        .put("concreteType", "org.sagebionetworks.repo.model.provenance.UsedURL")
        .put("name", "run")
        .put("url", "https://tower.example/watch/" + executed);
    return synapse("POST", "/repo/v1/activity", body).path("id").asText();
  }

  /** Files an object of S3 in a folder, as one whose maker is {@link #activity}. */
  String file(String parent, String fileName, String uri) {
    ObjectNode body = Web.JSON.createObjectNode();
    body.putObject("entity")
        .put("concreteType", "org.sagebionetworks.repo.model.FileEntity")
        .put("name", fileName)
        .put("parentId", parent)
        .put("dataFileHandleId", handle(uri));
    return synapse("POST", BUNDLE + "?generatedBy=" + activity, body).at("/entity/id").asText();
  }

  private String handle(String uri) {
    byte[] content = Platforms.of(env).s3().object(uri).orElseThrow();
    ObjectNode body =
        Web.JSON
            .createObjectNode()
            .put("concreteType", "org.sagebionetworks.repo.model.file.S3FileHandle")
            .put("bucketName", S3.bucket(uri))
            .put("key", S3.key(uri))
            .put("fileName", uri.substring(uri.lastIndexOf('/') + 1))
            .put("contentType", "text/plain")
            .put("contentMd5", Digest.md5(content))
            .put("storageLocationId", storageLocation());
    return synapse("POST", "/file/v1/externalFileHandle/s3", body).path("id").asText();
  }

  private int storageLocation() {
    String user = synapse("GET", "/repo/v1/userProfile", null).path("ownerId").asText();
    String base = own + "towpath/owner";
    buckets.put(base + "/owner.txt", bytes(user + "\n"));
    ObjectNode body =
        Web.JSON
            .createObjectNode()
            .put(
                "concreteType",
                "org.sagebionetworks.repo.model.project.ExternalS3StorageLocationSetting")
            .put("uploadType", "S3")
            .put("bucket", S3.bucket(base))
            .put("baseKey", S3.key(base));
    return synapse("POST", "/repo/v1/storageLocation", body).path("storageLocationId").asInt();
  }

  /** Gives an entity one more version, though its content is what it was. */
  void newVersion(String id) {
    ObjectNode entity = (ObjectNode) synapse("GET", "/repo/v1/entity/" + id, null);
    entity.remove("versionLabel");
    synapse("PUT", "/repo/v1/entity/" + id + "?newVersion=true&generatedBy=" + activity, entity);
  }

  void generatedBy(String id, String other) {
    synapse("PUT", "/repo/v1/entity/" + id + "/generatedBy?generatedBy=" + other, null);
  }

  void deleteEntity(String id) {
    synapse("DELETE", "/repo/v1/entity/" + id, null);
  }

  private JsonNode synapse(String method, String path, @Nullable JsonNode body) {
    return web.json(
        HttpRequest.newBuilder(URI.create(env("SYNAPSE_ENDPOINT") + path))
            .header("Authorization", "Bearer " + env("SYNAPSE_AUTH_TOKEN"))
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body.toString())));
  }

  /** Writes the table that says which id the output has. */
  void table(String id) {
    buckets.put(own + TABLE, bytes("uri,drs_uri\n" + output + "," + id + "\n"));
  }

  /** Makes a record of indexd for an object, and returns its DRS URI. */
  String mint(String uri) {
    byte[] content = Platforms.of(env).s3().object(uri).orElseThrow();
    ObjectNode body = Web.JSON.createObjectNode().put("form", "object").put("size", content.length);
    body.putArray("urls").add(uri);
    body.putObject("hashes").put("md5", Digest.md5(content));
    String password = Base64.getEncoder().encodeToString(bytes(env("INDEXD_AUTH")));
    String did =
        web.json(
                Web.post(env("INDEXD_ENDPOINT") + "/index", body)
                    .header("Authorization", "Basic " + password))
            .path("did")
            .asText();
    return "drs://" + did.replaceFirst("/", ":");
  }

  /** Launches a run under the same name that goes on until it is cancelled. */
  String launchEndless() {
    planEndless();
    return submit();
  }

  private void planEndless() {
    ObjectNode plan =
        Web.JSON.createObjectNode().put("platform", "seqera").put("match", "^" + name + "-run");
    ArrayNode steps = plan.putArray("steps");
    steps.addObject().put("status", "RUNNING").put("forMs", 3_600_000);
    steps.addObject().put("status", "SUCCEEDED");
    web.json(Web.post(env("TOWPATH_SANDBOX_CONTROL") + "/plans", plan));
  }

  String secret() {
    return env("SYNAPSE_AUTH_TOKEN");
  }

  private String seed(String field) {
    return seed.path(field).asText();
  }

  private String env(String field) {
    return String.valueOf(env.get(field));
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
