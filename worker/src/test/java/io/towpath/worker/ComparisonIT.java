package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.proof.compare.Habits;
import io.towpath.sandbox.SandboxOptions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The same misfortune for a script as they are today and for us, counted in the same places. */
@Tag("proof")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ComparisonIT {
  private static final String LAUNCH = "POST /workflow/launch";
  private static final String FILE = "POST /entity/bundle2/create";
  private static final String ANNOTATE = "PUT /entity/{id}/annotations2";

  /** A page of a listing of S3. */
  private static final int PAGE = 1_000;

  /** What we file beside the outputs of a run. */
  private static final int REPORTS = 1;

  private static Stack stack;
  private static Habits habits;
  private static Cell.Kind roundTrips;

  /** What went wrong. */
  private record Harm(int doubles, int lost, int wrong) {
    static final Harm NONE = new Harm(0, 0, 0);

    String told() {
      return doubles + " double, " + lost + " lost, " + wrong + " wrong";
    }
  }

  @BeforeAll
  static void start() {
    stack = new Stack(SandboxOptions.forTests(), Stack.FAST);
    habits = new Habits(stack.env(), stack.control("GET", "/seed", ""));
    roundTrips = RoundTripCell.small(stack);
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @Test
  void a_launch_whose_answer_is_lost_is_two_runs_for_who_launches_again() {
    Cell ours = roundTrips.named("lost-launch");
    Strike lost = strike("seqera " + LAUNCH, "drop-after-commit");
    struck(ours, lost);
    struck(
        lost,
        () ->
            habits.launchAgainWithoutAnswer(
                "todays-launch", "s3://" + stack.seed("s3.bucket") + "/today/launch/"));

    tell(
        "launches again when no answer comes",
        new Harm(committed("seqera", LAUNCH, "todays-launch") - 1, 0, 0),
        new Harm(committed("seqera", LAUNCH, "lost-launch-a-") - 1, 0, 0));
  }

  @Test
  void an_id_whose_answer_is_lost_is_two_ids_for_who_asks_again() {
    Cell ours = CavaticaCell.kind(stack).named("lostmint");
    Strike lost = strike("indexd POST /index/", "drop-after-commit");
    List<String> objects = List.of("s3://today/mint/1", "s3://today/mint/2");
    struck(ours, lost);
    struck(lost, () -> habits.mintEachAgainWithoutAnswer(objects));

    tell(
        "asks for ids file by file, and again when no answer comes",
        new Harm(committed("indexd", "POST /index/", "today/mint") - objects.size(), 0, 0),
        new Harm(mintedTwice("lostmint"), 0, 0));
  }

  @Test
  @Tag("matrix")
  void outputs_beyond_a_page_are_lost_for_who_reads_the_first() {
    String bucket = stack.seed("s3.bucket");
    int outputs = PAGE + 100;
    StringBuilder sheet = new StringBuilder("sample,fastq_1,fastq_2,strandedness\n");
    for (int i = 0; i < outputs; i++) {
      sheet.append("s").append(i).append(",s3://").append(bucket).append("/many/reads,,auto\n");
    }
    stack.sandbox().objects().put(bucket, "many/reads", "text/plain", new byte[] {1});
    String project = stack.seed("synapse.project");
    byte[] bytes = sheet.toString().getBytes(StandardCharsets.UTF_8);
    String manifest = stack.sandbox().synapseSeed().file(project, "many.csv", "text/csv", bytes);
    long since = stack.now();
    String prefix = "many/out/";
    Map<String, Object> request = stack.request("many", manifest, stack.folder("many"));
    Map<String, Object> params = Map.of("outdir", "s3://" + bucket + "/" + prefix);
    request.put("runs", List.of(stack.run("many", Map.of("params", params))));
    stack.start("round-trip/" + manifest + ".1/many", request).getResult(Map.class);
    int left = everything(bucket, prefix);

    int listed = habits.listWithoutAskingForMore("s3://" + bucket + "/" + prefix).size();

    assertThat(left).isEqualTo(PAGE + 101);
    tell(
        "takes the first page of a listing for all of it",
        new Harm(0, left - listed, 0),
        new Harm(0, left + REPORTS - stack.effects("synapse", FILE, since).size(), 0));
  }

  private static int everything(String bucket, String prefix) {
    return (int)
        stack
            .s3()
            .repeating()
            .listObjectsV2Paginator(r -> r.bucket(bucket).prefix(prefix))
            .contents()
            .stream()
            .count();
  }

  @Test
  void a_file_whose_annotation_fails_stays_without_for_who_passes_over_what_is_there() {
    Cell ours = roundTrips.named("lost-file");
    struck(ours, strike("synapse " + FILE, "drop-before-commit"));

    String folder = stack.folder("todays-files");
    List<String> names = List.of("a.txt", "b.txt", "c.txt");
    String handle =
        stack
            .synapse("/repo/v1/entity/" + stack.seed("synapse.manifest"))
            .path("dataFileHandleId")
            .asText();

    struck(
        strike("synapse " + ANNOTATE, "drop-before-commit"),
        () -> habits.fileThenAnnotate(folder, names, handle));
    habits.fileThenAnnotate(folder, names, handle);

    assertThat(committed("synapse", "POST /entity", folder)).isEqualTo(names.size());
    tell(
        "files, then annotates, and passes over what is there",
        new Harm(0, 0, names.size() - committed("synapse", ANNOTATE, "rnaSeq")),
        new Harm(0, 0, withoutAnnotations("lost-file")));
  }

  private static Strike strike(String route, String fault) {
    return Strike.once(route, 0, Map.entry(fault, "{\"kind\":\"" + fault + "\"}"));
  }

  private static void struck(Cell ours, Strike strike) {
    try (Armed armed = Armed.against(ours, List.of(strike))) {
      Trial.of(ours, "compare", List.of(strike.told())).run();
      assertThat(armed.missed()).isEmpty();
    }
  }

  private static void struck(Strike strike, Runnable habit) {
    try (Armed armed = Armed.againstAll(stack, List.of(strike))) {
      habit.run();
      assertThat(armed.missed()).isEmpty();
    }
  }

  private static int committed(String platform, String route, String text) {
    return (int)
        stack.effects(platform, route).stream()
            .filter(effect -> effect.path("request").toString().contains(text))
            .count();
  }

  /** Objects that have more than one id. */
  private static int mintedTwice(String name) {
    List<String> urls =
        stack.effects("indexd", "POST /index/").stream()
            .map(effect -> effect.at("/request/urls/0").asText())
            .filter(url -> url.contains(name))
            .toList();
    assertThat(urls).as("objects with ids").isNotEmpty();
    return urls.size() - Set.copyOf(urls).size();
  }

  /** Outputs that were filed without what was to be said of them. */
  private static int withoutAnnotations(String name) {
    List<JsonNode> filed =
        stack.effects("synapse", FILE).stream()
            .filter(effect -> effect.toString().contains(name))
            .filter(effect -> effect.at("/request/entity/name").asText().endsWith(".summary.txt"))
            .toList();
    assertThat(filed).as("files").hasSize(3);
    return (int)
        filed.stream()
            .filter(effect -> effect.at("/request/annotations/annotations").isEmpty())
            .count();
  }

  /** A habit that does no harm is no habit to be shown: its re-enactment would be wrong. */
  private static void tell(String habit, Harm today, Harm ours) {
    assertThat(today).as(habit).isNotEqualTo(Harm.NONE);
    assertThat(ours).as(habit).isEqualTo(Harm.NONE);
    ObjectNode row = Stack.JSON.createObjectNode().put("habit", habit);
    Records.add("habits.jsonl", row.put("today", today.told()).put("towpath", ours.told()));
  }
}
