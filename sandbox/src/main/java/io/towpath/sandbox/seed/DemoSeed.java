package io.towpath.sandbox.seed;

import io.towpath.sandbox.engine.Repository;
import io.towpath.sandbox.s3.ObjectStore;
import io.towpath.sandbox.seqera.SeqeraSeed;
import io.towpath.sandbox.sevenbridges.SevenBridgesSeed;
import io.towpath.sandbox.synapse.SynapseSeed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Plants the seed {@code demo} and tells its ids by the names of interface.md section 5. */
public final class DemoSeed {
  /** The bucket that runs may read and write. */
  public static final String BUCKET = "towpath-demo";

  /** Where the compute environments of the demo work. */
  public static final String WORK_DIR = "s3://" + BUCKET + "/work";

  private static final String REVISION = "1.0.0";
  private static final String FASTQ = "application/gzip";
  private static final String HEADER = "sample,fastq_1,fastq_2,strandedness";

  private final SynapseSeed synapse;
  private final Map<String, String> ids = new LinkedHashMap<>();
  private final String project;
  private final String reads;

  private DemoSeed(SynapseSeed synapse) {
    this.synapse = synapse;
    this.project = synapse.project("Towpath demo");
    this.reads = synapse.folder(project, "reads");
  }

  /** Plants everything, always in the same order, and returns dotted names with their ids. */
  public static Map<String, String> plant(
      ObjectStore store, SynapseSeed synapse, SeqeraSeed seqera, SevenBridgesSeed sevenBridges) {
    if (!store.bucketExists(BUCKET)) {
      store.createBucket(BUCKET);
    }
    DemoSeed seed = new DemoSeed(synapse);
    seed.plantSynapse();
    seed.plantSeqera(seqera);
    seed.ids.put("s3.bucket", BUCKET);
    SevenBridgesDemo demo = new SevenBridgesDemo(store, sevenBridges);
    demo.plant().forEach((name, id) -> seed.ids.put("sevenbridges." + name, id));
    seed.ids.put(
        "sevenbridges.sheet",
        seed.text(seed.project, "cavatica_sheet.csv", "text/csv", demo.sheet()));
    return Collections.unmodifiableMap(seed.ids);
  }

  private void plantSynapse() {
    ids.put("synapse.project", project);
    text(reads, "README.md", "text/markdown", DemoReads.readme());
    List<String> plain = new ArrayList<>();
    for (int part = 1; part <= DemoReads.PARTS; part++) {
      String first = reads(reads, DemoReads.name(part, 1), part, 1);
      String second = reads(reads, DemoReads.name(part, 2), part, 2);
      plain.add(row("part" + part, "syn://" + first, "syn://" + second));
    }
    ids.put("synapse.manifest", sheet("samplesheet.csv", plain));
    ids.put("synapse.results", synapse.folder(project, "results"));
    ids.put("synapse.hostileManifest", sheet("hostile_samplesheet.csv", hostileRows()));
    ids.put("synapse.brokenManifest", sheet("broken_samplesheet.csv", brokenRows()));
  }

  /** Every row is good, and every row has something at which careless code stumbles. */
  private List<String> hostileRows() {
    String folder = synapse.folder(project, "hostile reads");
    List<String> rows = new ArrayList<>();
    String signs = "R&D 'first'  run+50%_R";
    rows.add(
        row(
            "signs",
            "syn://" + named(folder, "signs (1)", signs + "1.fastq.gz", 1, 1),
            "syn://" + named(folder, "signs (2)", signs + "2.fastq.gz", 1, 2)));
    String unicode = "Größe_β_試料_R";
    rows.add(
        row(
            "unicode",
            "syn://" + named(folder, "unicode (1)", unicode + "1.fastq.gz", 2, 1),
            "syn://" + named(folder, "unicode (2)", unicode + "2.fastq.gz", 2, 2)));
    String twinA = twins(synapse.folder(folder, "a"), 3);
    String twinB = twins(synapse.folder(folder, "b"), 1);
    rows.add("twin_a," + twinA + ",unstranded");
    rows.add("twin_b," + twinB + ",unstranded");
    rows.add("twin_a_again," + twinA + ",unstranded");
    String first = reads(folder, "versioned_R1.fastq.gz", 2, 1);
    String second = reads(folder, "versioned_R2.fastq.gz", 2, 2);
    synapse.newVersion(first, DemoReads.mate(3, 1));
    synapse.newVersion(second, DemoReads.mate(3, 2));
    rows.add(row("pinned", "syn://" + first + ".1", "syn://" + second + ".1"));
    rows.add(row("decorated", "syn://" + first + ".fastq.gz", "syn://" + second + ".2.fastq.gz"));
    return rows;
  }

  /** Two mates whose names occur in several folders. */
  private String twins(String folder, int part) {
    String first = reads(folder, "reads_R1.fastq.gz", part, 1);
    String second = reads(folder, "reads_R2.fastq.gz", part, 2);
    return "syn://" + first + ",syn://" + second;
  }

  private List<String> brokenRows() {
    String folder = synapse.folder(project, "broken reads");
    String good = "syn://" + reads(folder, "good_R2.fastq.gz", 1, 2);
    String unreadable = reads(folder, "unreadable_R1.fastq.gz", 2, 1);
    synapse.makeUnreadable(unreadable);
    String archived = reads(folder, "archived_R1.fastq.gz", 3, 1);
    synapse.archive(archived);
    return List.of(
        row("missing", "syn://syn999999999", good),
        row("folder", "syn://" + folder, good),
        row("unreadable", "syn://" + unreadable, good),
        row("archived", "syn://" + archived, good));
  }

  private void plantSeqera(SeqeraSeed seqera) {
    Repository repository = Repository.DEMO;
    long pipeline = seqera.pipeline("reads", repository.description(), repository.url(), REVISION);
    ids.put("seqera.workspace", seqera.workspace());
    ids.put("seqera.computeEnv", seqera.computeEnv());
    ids.put("seqera.pipeline", repository.url());
    ids.put("seqera.pipelineId", String.valueOf(pipeline));
    ids.put("seqera.revision", REVISION);
  }

  private String reads(String parent, String name, int part, int mate) {
    return synapse.file(parent, name, FASTQ, DemoReads.mate(part, mate));
  }

  /** A file whose name in storage is one that no entity may have. */
  private String named(String parent, String entityName, String fileName, int part, int mate) {
    byte[] content = DemoReads.mate(part, mate);
    return synapse.file(parent, entityName, fileName, FASTQ, content);
  }

  private String sheet(String name, List<String> rows) {
    String csv = HEADER + "\n" + String.join("\n", rows) + "\n";
    return text(project, name, "text/csv", csv.getBytes(StandardCharsets.UTF_8));
  }

  private String text(String parent, String name, String contentType, byte[] content) {
    return synapse.file(parent, name, contentType, content);
  }

  private static String row(String sample, String first, String second) {
    return String.join(",", sample, first, second, "unstranded");
  }
}
