package io.towpath.worker;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * Plays the misfortune of a {@link Protection} in a JVM of its own, with the protection or without
 * it, and prints what harm was done: double runs, wrong or lost files. Arguments: its name, and
 * {@code without} or {@code with}.
 */
final class Misfortune {
  static final String HARM = "harm ";

  private static final String LAUNCH = "seqera POST /workflow/launch";

  /** A look after the launch that got no answer: looks take two calls, and one was before it. */
  private static final String DIES_LOOKING = "3\tTowerEnsureRun: GET /api/workflow";

  /** The sheet is read to be looked at, and to be staged. */
  private static final int MANIFEST_READS = 2;

  private static final String FILE = "POST /entity/bundle2/create";

  /** Where the run leaves its outputs, in the bucket. */
  private static final String OUT = "misfortune/out/";

  private final Stack stack;
  private final String name = "misfortune";
  private final Map<String, Object> request;

  private Misfortune(String settle) {
    this.stack = KillMatrix.stack(Map.of("TOWPATH_SETTLE", settle));
    this.request = request();
  }

  public static void main(String[] arguments) {
    Protection protection = Protection.valueOf(arguments[0]);
    if (arguments[1].equals("without")) {
      protection.remove();
    }
    Misfortune misfortune = new Misfortune(protection == Protection.INTENT ? "PT20S" : "PT4S");
    try {
      System.out.println(HARM + misfortune.harm(protection));
    } catch (RuntimeException e) {
      e.printStackTrace(System.out);
    }
    System.exit(0);
  }

  private Map<String, Object> request() {
    String bucket = "s3://" + stack.seed("s3.bucket") + "/";
    Map<String, Object> asked = new TreeMap<>(stack.request(name));
    asked.put("stage", Map.of("to", bucket + name + "/", "mode", "stream"));
    asked.put("runs", List.of(stack.run(name, Map.of("params", Map.of("outdir", bucket + OUT)))));
    return asked;
  }

  private String workflowId() {
    return "round-trip/" + stack.seed("synapse.manifest") + ".1/" + name;
  }

  private int harm(Protection protection) {
    return switch (protection) {
      case FIND_BEFORE -> ledgerLost();
      case CLAIM -> startedAgain();
      case INTENT -> deadInLaunch();
      case ONE_SHOT_BODY -> {
        strike(
            LAUNCH,
            0,
            "{\"kind\":\"status-after-commit\",\"code\":503,\"headers\":{\"Retry-After\":\"0\"}}");
        yield doubles();
      }
      case SETTLE_WAIT -> {
        strike(LAUNCH, 0, "{\"kind\":\"late-commit\",\"ms\":1000}");
        yield doubles();
      }
      case MD5_COMPARE -> bitFlipped();
      case SECOND_LISTING -> outputLate();
    };
  }

  private int ledgerLost() {
    run();
    String ledger = stack.env().getOrDefault("TOWPATH_LEDGER", "");
    String bucket = ledger.replaceAll("^s3://|/.*$", "");
    stack
        .s3()
        .repeating()
        .listObjectsV2Paginator(r -> r.bucket(bucket))
        .contents()
        .forEach(
            entry -> stack.s3().repeating().deleteObject(r -> r.bucket(bucket).key(entry.key())));
    return doubles();
  }

  private int startedAgain() {
    run();
    return doubles();
  }

  private int deadInLaunch() {
    strike(LAUNCH, 0, "{\"kind\":\"late-commit\",\"ms\":8000}");
    Kill.aim(workflowId(), List.of(DIES_LOOKING));
    return doubles();
  }

  /** Files in S3 that are not what Synapse has. */
  private int bitFlipped() {
    strike("synapse GET presigned", MANIFEST_READS, "{\"kind\":\"corrupt\"}");
    run();
    int wrong = 0;
    for (JsonNode put : stack.effects("s3", "PUT object")) {
      String key = put.at("/request/key").asText();
      if (key.matches(name + "/syn.*")) {
        HeadObjectResponse lies =
            stack.s3().repeating().headObject(r -> r.bucket(stack.seed("s3.bucket")).key(key));
        wrong += stated(key).equals(lies.eTag().replace("\"", "")) ? 0 : 1;
      }
    }
    return wrong;
  }

  private String stated(String key) {
    String[] version = key.replaceAll(".*/(syn\\d+\\.\\d+)/[^/]*$", "$1").split("\\.", -1);
    String bundle = "/repo/v1/entity/" + version[0] + "/version/" + version[1] + "/filehandles";
    return stack.synapse(bundle).at("/list/0/contentMd5").asText();
  }

  /** Outputs that lie in S3 and are not filed. */
  private int outputLate() {
    WorkflowStub run = stack.start(workflowId(), request);
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(20))
        .until(this::listedOnce);
    String bucket = stack.seed("s3.bucket");
    stack.sandbox().objects().put(bucket, OUT + "late.txt", "text/plain", new byte[] {1});
    run.getResult(Map.class);
    return (int)
        (1
            - stack.effects("synapse", FILE).stream()
                .filter(effect -> effect.at("/request/entity/name").asText().equals("late.txt"))
                .count());
  }

  /** Listed for the first of two times; or filing what was listed only once. */
  private boolean listedOnce() {
    return !stack.effects("synapse", FILE).isEmpty()
        || stack.effects("s3", "PUT object").stream()
            .anyMatch(effect -> effect.at("/request/key").asText().contains("/first/"));
  }

  private void strike(String route, int skip, String effect) {
    Armed.againstAll(stack, List.of(new Strike(route, skip, 1, "fault", effect)));
  }

  /** Runs the request, once more where it was run before; runs of Seqera beyond the first. */
  private int doubles() {
    run();
    return stack.effects("seqera", "POST /workflow/launch").size() - 1;
  }

  /** What it comes to is not asked: a protection that is missing may well fail it. */
  private void run() {
    try {
      stack.start(workflowId(), request).getResult(Map.class);
    } catch (WorkflowFailedException e) {
      System.out.println("failed: " + e.getCause());
    }
  }
}
