package io.towpath.starter.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The round trip that the seed is made for: two runs, the second on what the first wrote. */
final class DemoRequest {
  private DemoRequest() {}

  /**
   * Writes it as {@code request.json}.
   *
   * @param folder folder that the file goes into
   * @param prefix last part of the place in S3 that files are staged to
   * @param name name of its first run, and its recipe
   */
  static Path write(Path folder, JsonNode seed, String prefix, String name) throws IOException {
    ObjectNode request = new ObjectMapper().createObjectNode();
    request.putObject("manifest").put("synId", seed.path("synapse.manifest").asText());
    request
        .putObject("stage")
        .put("to", "s3://" + seed.path("s3.bucket").asText() + "/etl/" + prefix + "/");
    request.put("recipe", name);
    ArrayNode runs = request.putArray("runs");
    run(runs, name, seed);
    ObjectNode rank = run(runs, "rank", seed).put("entryName", "RANK");
    ObjectNode sheet = rank.putObject("inputs").putObject("input");
    sheet.put("from", "${runs." + name + ".outdir}/{sample}/*.profile.tsv");
    sheet.putObject("rename").put("uri", "profile");
    sheet.putArray("select").add("sample").add("profile");
    sheet.putObject("expect").put("rows", "=${runs." + name + ".samples}");
    request.putObject("index").put("parent", seed.path("synapse.results").asText());
    return Files.writeString(folder.resolve("request.json"), request.toPrettyString());
  }

  private static ObjectNode run(ArrayNode runs, String name, JsonNode seed) {
    return runs.addObject()
        .put("name", name)
        .put("pipeline", seed.path("seqera.pipeline").asText())
        .put("revision", seed.path("seqera.revision").asText());
  }
}
