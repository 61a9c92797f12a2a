package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.client.WorkflowStub;
import io.towpath.sandbox.SandboxOptions;
import io.towpath.sandbox.synapse.SynapseSeed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Round trips of very many tiny files on a worker with 256 MiB of heap, which is killed in the
 * middle of the largest. {@code ./mvnw verify -Plarge}; {@code towpath.large.files} has the sizes,
 * {@code towpath.large.manifest} is {@code sheet} or {@code view}.
 */
@Tag("large")
@Timeout(value = 3, unit = TimeUnit.HOURS)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LargeIT {
  private static final List<Integer> SIZES =
      Arrays.stream(System.getProperty("towpath.large.files", "1000,10000,100000").split(","))
          .map(Integer::valueOf)
          .sorted()
          .toList();
  private static final boolean VIEW =
      System.getProperty("towpath.large.manifest", "sheet").equals("view");

  /** What staging and indexing do once for each file. */
  private static final List<String> KILLED_HALFWAY =
      List.of("s3 PUT object", "synapse POST /entity/bundle2/create");

  /** No Synapse folder takes more than 10,000. */
  private static final int FILES_PER_FOLDER = 1_000;

  @TempDir Path folder;
  private ServerProcess server;
  private Stack stack;
  private Map<String, String> settings;

  /** What one size took. */
  private record Figures(
      int files, int events, long historyBytes, long heapKib, Map<String, Integer> calls) {
    @Override
    public String toString() {
      return String.format(
          "large, %,d files: %d events, %,d bytes of history, %.1f MiB of heap, calls per file:"
              + " Synapse %.2f, S3 %.2f; %d Seqera calls",
          files,
          events,
          historyBytes,
          heapKib / 1024.0,
          sum("synapse ") / (double) files,
          sum("s3 ") / (double) files,
          sum("seqera "));
    }

    private int sum(String platform) {
      return calls.entrySet().stream()
          .filter(call -> call.getKey().startsWith(platform))
          .mapToInt(Map.Entry::getValue)
          .sum();
    }
  }

  @BeforeEach
  void start() throws IOException {
    server = ServerProcess.start(folder);
    stack = Stack.withoutWorker(SandboxOptions.forTests(), TemporalUnderTest.at(server.address()));
    settings = new TreeMap<>(stack.env());
    settings.putAll(Stack.FAST);
    settings.put("TEMPORAL_ADDRESS", server.address());
  }

  @AfterEach
  void stop() {
    stack.close();
    server.close();
  }

  @Test
  void very_many_files_take_few_events_and_no_more_memory_than_some() throws IOException {
    List<Figures> measured = new ArrayList<>();
    for (int files : SIZES) {
      boolean largest = files == SIZES.get(SIZES.size() - 1);
      Figures figures = roundTrip(files, largest ? KILLED_HALFWAY : List.of());
      System.out.println(figures);
      measured.add(figures);
    }

    long least = measured.get(0).heapKib();
    Figures most = measured.get(measured.size() - 1);
    String files = String.format(" for %,d files", most.files());
    Records.measured(
        "events in the history of as many files as LargeIT had at most", most.events() + files);
    Records.measured(
        "heap of its worker", String.format("%.1f MiB", most.heapKib() / 1024.0) + files);
    Records.measured(
        "heap for the most files against that for the least",
        String.format("%.1f times", most.heapKib() / (double) least) + files);
    assertThat(measured)
        .allMatch(size -> size.events() < 1_000, "fewer than 1,000 events")
        .allMatch(size -> size.heapKib() <= 2 * least, "no more memory than some files take");
  }

  /**
   * @param killedIn calls after half of which a worker is killed, one worker for each
   */
  private Figures roundTrip(int files, List<String> killedIn) throws IOException {
    String name = "large" + files;
    String manifest = plant(files, name);
    Map<String, Object> request = stack.request(name, manifest, stack.folder(name));
    if (VIEW) {
      request.put(
          "manifest",
          Map.of(
              "synId", manifest, "query", "select name as sample, id as fastq_1 from " + manifest));
    }
    stack.control("POST", "/reset", "{\"what\":[\"requests\",\"effects\"]}");
    long heap = 0;
    WorkflowStub run = stack.start(VIEW ? name : "round-trip/" + manifest + ".1/" + name, request);
    for (String call : killedIn) {
      try (WorkerProcess worker = WorkerProcess.start(MeasuredWorker.class, settings)) {
        Awaitility.await()
            .atMost(Duration.ofHours(1))
            .pollInterval(Duration.ofMillis(300))
            .until(() -> calls().getOrDefault(call, 0) > files / 2);
        heap = Math.max(heap, worker.most(MeasuredWorker.HEAP));
      }
    }
    JsonNode report;
    try (WorkerProcess worker = WorkerProcess.start(MeasuredWorker.class, settings)) {
      report = stack.report(run);
      heap = Math.max(heap, worker.most(MeasuredWorker.HEAP));
      assertThat(worker.lives()).as("256 MiB of heap were enough").isTrue();
    }
    mustHold(report, files);
    return new Figures(
        files,
        stack.history(run).getEvents().size(),
        stack.history(run).getHistory().getSerializedSize(),
        heap,
        calls());
  }

  /** Every file was staged, one run launched, and every output indexed once. */
  private void mustHold(JsonNode report, int files) throws IOException {
    assertThat(report.path("outcome").asText()).as(report.toString()).isEqualTo("SUCCEEDED");
    assertThat(report.at("/staged/count").asInt()).isEqualTo(files);
    assertThat(stack.effects("seqera", "POST /workflow/launch")).hasSize(1);
    Set<String> entities = new HashSet<>();
    long rows = 0;
    for (String row : mapping(report.at("/index/mappingUri").asText())) {
      String[] fields = row.split(",", -1);
      entities.add(fields[1]);
      assertThat(fields[2]).as(row).isEqualTo("1");
      rows++;
    }
    assertThat(rows).isEqualTo(files + 1L);
    assertThat(entities).hasSize(files + 1);
    assertThat(report.at("/index/created").asInt()).isEqualTo(files + 1);
  }

  private List<String> mapping(String uri) throws IOException {
    String[] place = uri.substring("s3://".length()).split("/", 2);
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                stack.sandbox().objects().open(place[0], place[1], 0, -1),
                StandardCharsets.UTF_8))) {
      return reader.lines().skip(1).toList();
    }
  }

  private String plant(int files, String name) {
    SynapseSeed synapse = stack.sandbox().synapseSeed();
    String project = stack.seed("synapse.project");
    String reads = synapse.folder(project, name + " reads");
    StringBuilder sheet = new StringBuilder("sample,fastq_1,fastq_2,strandedness\n");
    String parent = "";
    for (int i = 0; i < files; i++) {
      if (i % FILES_PER_FOLDER == 0) {
        parent = synapse.folder(reads, "part " + i / FILES_PER_FOLDER);
      }
      String sample = String.format("s%06d", i);
      byte[] bytes = ("@" + sample + "\nACGT\n+\nFFFF\n").getBytes(StandardCharsets.UTF_8);
      String id = synapse.file(parent, sample + "_R1.fastq", "text/plain", bytes);
      sheet.append(sample).append(",syn://").append(id).append(",,auto\n");
    }
    return VIEW
        ? synapse.view(project, name, reads)
        : synapse.file(
            project, name + ".csv", "text/csv", sheet.toString().getBytes(StandardCharsets.UTF_8));
  }

  private Map<String, Integer> calls() {
    Map<String, Integer> calls = new TreeMap<>();
    for (JsonNode request : stack.control("GET", "/requests", "")) {
      calls.merge(
          request.path("platform").asText() + " " + request.path("route").asText(),
          request.path("count").asInt(),
          Integer::sum);
    }
    return calls;
  }
}
