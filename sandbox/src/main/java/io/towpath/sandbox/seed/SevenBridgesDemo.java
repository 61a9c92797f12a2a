package io.towpath.sandbox.seed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.s3.ObjectStore;
import io.towpath.sandbox.sevenbridges.SevenBridgesSeed;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The Seven Bridges part of the demo: reads on a volume, an app for them, a sheet. */
final class SevenBridgesDemo {
  private static final String APP = "read-quality-summary";
  private static final String READS = "sequencing";
  private static final String RUN = "run1/";
  private static final String DELIVERY = "delivery";
  private static final String HEADER =
      "component,filepath,s3_uri,sample_id,read_orientation,read_length,sample_type,strandedness,"
          + "library_id,platform";
  private static final byte[] ADAPTERS =
      ">universal\nAGATCGGAAGAGC\n".getBytes(StandardCharsets.US_ASCII);

  private final ObjectStore store;
  private final SevenBridgesSeed seed;

  SevenBridgesDemo(ObjectStore store, SevenBridgesSeed seed) {
    this.store = store;
    this.seed = seed;
  }

  /** Plants all but the sheet and returns the ids by their names below {@code sevenbridges}. */
  Map<String, String> plant() {
    for (int part = 1; part <= DemoReads.PARTS; part++) {
      for (int mate = 1; mate <= 2; mate++) {
        String key = READS + "/" + RUN + DemoReads.name(part, mate);
        store.put(DemoSeed.BUCKET, key, "application/gzip", DemoReads.mate(part, mate));
      }
    }
    Map<String, String> ids = new LinkedHashMap<>();
    String publisher = seed.publicProject("apps-publisher");
    String adapters = seed.file(publisher, "adapters.fa", ADAPTERS);
    String project = seed.project("sandbox");
    ids.put("project", project);
    ids.put("billingGroup", seed.billingGroup());
    ids.put("volumeReadOnly", seed.volume("sequencing_ro", DemoSeed.BUCKET, READS, false));
    ids.put("volumeReadWrite", seed.volume("delivery_rw", DemoSeed.BUCKET, DELIVERY, true));
    ids.put("publicApp", revisions(publisher, adapters));
    ids.put("app", revisions(project, adapters));
    seed.foreignProject("not-yours");
    return ids;
  }

  /** Two revisions, so that the latest is not the first. */
  private String revisions(String project, String adapters) {
    ObjectNode first = cwl();
    seed.app(project, APP, first.put("sbg:revisionNotes", "First"));
    ObjectNode second = cwl();
    for (JsonNode input : second.path("inputs")) {
      if (input instanceof ObjectNode port && port.path("id").asText().equals("adapters")) {
        port.putObject("sbg:suggestedValue")
            .put("class", "File")
            .put("path", adapters)
            .put("name", "adapters.fa");
      }
    }
    return seed.app(project, APP, second.put("sbg:revisionNotes", "Suggests adapters"));
  }

  private static ObjectNode cwl() {
    String resource = "/apps/" + APP + ".cwl";
    try (InputStream in = SevenBridgesDemo.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the sandbox lacks its own app: " + resource);
      }
      return (ObjectNode) new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One row for each file, as cohort sheets have it. */
  byte[] sheet() {
    List<String> rows = new ArrayList<>(List.of(HEADER));
    for (int part = 1; part <= DemoReads.PARTS; part++) {
      for (int mate = 1; mate <= 2; mate++) {
        String path = RUN + DemoReads.name(part, mate);
        rows.add(
            String.join(
                ",",
                "rnaseq",
                path,
                "s3://" + DemoSeed.BUCKET + "/" + READS + "/" + path,
                "part" + part,
                "R" + mate,
                "72",
                "normal",
                "default",
                "lib" + part,
                "Illumina"));
      }
    }
    return (String.join("\n", rows) + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
