package io.towpath.starter.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/** The cavatica-drs run that the seed is made for, and what came of it: sample, task, file, id. */
final class CavaticaDemo implements Act {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PREFIX = "drs://dg.4503:";

  private final JsonNode seed;
  private final Stand stand;
  private final PrintStream out;
  private final HttpClient http = HttpClient.newHttpClient();

  CavaticaDemo(JsonNode seed, Stand stand, PrintStream out) {
    this.seed = seed;
    this.stand = stand;
    this.out = out;
  }

  @Override
  public String kind() {
    return "cavatica-drs";
  }

  @Override
  public String file() {
    return "ids.json";
  }

  @Override
  public void introduce() {
    out.println(
        "cavatica-drs the sample sheet ("
            + seeded("sevenbridges.sheet")
            + ")\n             -> "
            + seeded("sevenbridges.publicApp")
            + ", a task per sample\n             -> a DRS id per output file");
    out.println();
  }

  @Override
  public String request() {
    ObjectNode request = JSON.createObjectNode();
    request.putObject("sheet").put("uri", "syn://" + seeded("sevenbridges.sheet"));
    request.put("project", seeded("sevenbridges.project"));
    request
        .putObject("import")
        .put("volume", seeded("sevenbridges.volumeReadOnly"))
        .putObject("metadata")
        .put("sample_id", "sample_id");
    request.putObject("app").put("id", seeded("sevenbridges.publicApp"));
    request
        .putObject("tasks")
        .putObject("inputs")
        .put("input_pe_reads", "files[read_orientation='R1'].file")
        .put("input_pe_mates", "files[read_orientation='R2'].file")
        .put("sample_name", "sample_id")
        .put("output_basename", "opKey");
    ObjectNode collate = request.putObject("collate");
    collate.put("to", "synapse:" + seeded("synapse.results"));
    collate.putObject("export").put("volume", seeded("sevenbridges.volumeReadWrite"));
    request.putObject("drs").put("minter", "indexd").put("selfUriBase", PREFIX);
    return request.toPrettyString();
  }

  /** Prints the output manifest as it lies in Synapse, each id resolved once more by its server. */
  @Override
  public boolean tell(JsonNode report) throws IOException, InterruptedException {
    out.println();
    boolean all = true;
    int ids = 0;
    String last = "";
    for (String line : manifest(report.path("sheetOut").asText()).lines().skip(1).toList()) {
      List<String> row = List.of(line.split(",", -1));
      String id = row.get(8);
      long size = sizeBehind(id);
      all &= size == Long.parseLong(row.get(5));
      ids++;
      String task = "sample " + row.get(0) + ", task " + row.get(1);
      if (!task.equals(last)) {
        out.println(task);
        last = task;
      }
      out.println("  " + row.get(4));
      out.printf("    %s  resolves to %d bytes%n", id, size);
    }
    out.println();
    out.println(
        report.at("/taskCounts/completed").asInt() + " tasks, " + ids + " files, as many ids");
    return all && ids > 0;
  }

  private String manifest(String synId) throws IOException, InterruptedException {
    String entity = synId.substring(0, synId.indexOf('.'));
    String file = stand.setting("SYNAPSE_ENDPOINT") + "/repo/v1/entity/" + entity;
    String token = "Bearer " + stand.setting("SYNAPSE_AUTH_TOKEN");
    String signed =
        get(HttpRequest.newBuilder(URI.create(file + "/file?redirect=false")), token).strip();
    return send(HttpRequest.newBuilder(URI.create(signed)));
  }

  private long sizeBehind(String id) throws IOException, InterruptedException {
    String did = id.replaceFirst("^drs://", "").replaceFirst(":", "/");
    String objects = stand.setting("INDEXD_ENDPOINT") + "/ga4gh/drs/v1/objects/";
    return JSON.readTree(send(HttpRequest.newBuilder(URI.create(objects + did))))
        .path("size")
        .asLong(-1);
  }

  private String get(HttpRequest.Builder request, String authorization)
      throws IOException, InterruptedException {
    return send(request.header("Authorization", authorization));
  }

  private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
  }

  private String seeded(String name) {
    return seed.path(name).asText();
  }
}
