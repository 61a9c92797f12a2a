package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.towpath.proof.check.Expectation;
import io.towpath.workflows.progress.StatusView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * A sheet whose outputs get ids that nobody can look up. The file whose mint is unclear waits for a
 * decision, here to leave it out, while the others go on; none is minted twice.
 */
final class UnclearMintCell implements Cell {
  /** What it dies after, told as {@link Kill#aims} does. */
  static final String MINT = "1\tDrsMintPage: POST /v2/drs-internal/objects/index/";

  static final String ROUTE = "sevenbridges POST /drs-internal/objects/index/";

  private static final Pattern FILE = Pattern.compile("[0-9a-f]{24}");

  private final Stack stack;
  private final String name;
  private final int most;
  private final SheetScene scene;
  private final Map<String, Object> request;

  private UnclearMintCell(Stack stack, String name, int most) {
    this.stack = stack;
    this.most = most;
    this.name = name;
    this.scene = new SheetScene(stack, name).sample("a");
    this.request = scene.request(Map.of());
    request.put(
        "collate",
        Map.of(
            "include",
            List.of("summary"),
            "export",
            Map.of("volume", stack.seed("sevenbridges.volumeReadWrite"), "prefix", name + "/")));
    request.put(
        "drs",
        Map.of(
            "minter",
            "cavatica-dataset",
            "dataset",
            Map.of("name", "include-sandbox-registered", "version", "0.1.0")));
  }

  /** One answer is lost: one file waits. */
  static Kind kind(Stack stack) {
    return name -> new UnclearMintCell(stack, name, 1);
  }

  /** The worker dies: the mint of the other file may be under way then, and both wait. */
  static Kind dying(Stack stack) {
    return name -> new UnclearMintCell(stack, name, 2);
  }

  @Override
  public Stack stack() {
    return stack;
  }

  @Override
  public String etl() {
    return "cavatica-drs";
  }

  /** It ends with a decision, not with all that was asked for. */
  @Override
  public boolean repeatable() {
    return false;
  }

  /** It ends FAILED. */
  @Override
  public JsonNode told() {
    return MissingNode.getInstance();
  }

  @Override
  public Expectation asked(long since, JsonNode report) {
    return Expectation.of(calls() + "|\\ba_" + name + "\\b", since)
        .run("sevenbridges", "\"a_" + name + " ")
        .keeps(scene.sheetId() + ".1");
  }

  @Override
  public String calls() {
    return "/" + name + "/";
  }

  @Override
  public String workflowId() {
    return "cavatica-drs/" + scene.project() + "/" + scene.sheetId() + ".1/read-quality-summary";
  }

  @Override
  public Map<String, Object> request() {
    return request;
  }

  @Override
  public Essence outcome(WorkflowStub run) {
    List<String> unclear = unclear(run);
    assertThat(unclear).hasSizeBetween(1, most);
    run.update("skip", String.class, Map.of("items", unclear, "reason", "nobody knows"));
    assertThat(failureOf(run)).startsWith(unclear.size() + " files have no id");
    List<String> minted =
        stack.effects("sevenbridges", ROUTE.substring(ROUTE.indexOf(' ') + 1)).stream()
            .map(mint -> mint.at("/request/locationUrls/0").asText())
            .filter(location -> location.contains(calls()))
            .toList();
    // a mint that the worker's death kept from being sent is unclear too, and is never sent
    assertThat(minted).hasSizeBetween(3 - most, 2).doesNotHaveDuplicates();
    return new Essence(name).add("minted", Stack.JSON.valueToTree(minted.size()));
  }

  private static List<String> unclear(WorkflowStub run) {
    String why =
        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> status(run).attentionReason().orElse(""), text -> !text.isEmpty());
    return FILE.matcher(why).results().map(MatchResult::group).toList();
  }

  private static StatusView status(WorkflowStub run) {
    return run.query("status", StatusView.class);
  }

  private String failureOf(WorkflowStub run) {
    try {
      throw new AssertionError("ended well: " + run.getResult(Map.class));
    } catch (WorkflowFailedException failed) {
      stack.replay(run);
      return Objects.requireNonNull((ApplicationFailure) failed.getCause()).getOriginalMessage();
    }
  }
}
