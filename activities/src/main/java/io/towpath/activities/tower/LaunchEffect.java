package io.towpath.activities.tower;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.http.RateBudget;
import io.towpath.activities.submit.Effect;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.RunKey;
import io.towpath.workflows.tower.LaunchRequest;
import io.towpath.workflows.tower.RunRef;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One launch, found again by its run name, which carries the operation key. */
final class LaunchEffect implements Effect<RunRef> {
  /** Runs stay until a person deletes them; nobody waits this long for an answer. */
  static final Duration HORIZON = Duration.ofDays(90);

  /** A full workspace is no mistake of the request, and has no status code of its own. */
  private static final Pattern QUOTA =
      Pattern.compile("(?i).*(limit of \\d+ running|workflow limiter|quota).*");

  private static final Duration QUOTA_PAUSE = Duration.ofMinutes(2);
  private static final Duration RESUME_PAUSE = Duration.ofSeconds(30);

  private final TowerSite site;
  private final LaunchRequest request;
  private @Nullable ObjectNode body;

  LaunchEffect(TowerSite site, LaunchRequest request) {
    if (!request.runName().contains("-" + request.key())) {
      throw new IllegalArgumentException(
          "run name " + request.runName() + " does not carry the key " + request.key());
    }
    this.site = site;
    this.request = request;
  }

  @Override
  public Claim claim() {
    return request.claim();
  }

  /** A relaunch keeps the key; it is an effect of its own, so its notes are apart. */
  @Override
  public String step() {
    String name = request.runName();
    int end = name.lastIndexOf(request.key().value()) + RunKey.LENGTH;
    return request.step() + name.substring(end);
  }

  @Override
  public RunKey key() {
    return request.key();
  }

  @Override
  public boolean canDouble() {
    return true;
  }

  @Override
  public Duration horizon() {
    return HORIZON;
  }

  /** Also prepares the launch when there is none, so that nothing lies between fence and send. */
  @Override
  public Optional<RunRef> find() {
    Optional<RunRef> found =
        site.runs(workspace()).named(request.runName()).stream()
            .findFirst()
            .map(row -> ref(row.id()));
    if (found.isEmpty() && body == null) {
      body = prepare();
    }
    return found;
  }

  @Override
  public Optional<RateBudget> quota() {
    return Optional.of(site.client().quota());
  }

  @Override
  public RunRef send() {
    try {
      return ref(site.client().launch(workspace(), body == null ? prepare() : body));
    } catch (PlatformException e) {
      String message = String.valueOf(e.getMessage());
      if (e.status() >= 400 && e.status() < 500 && QUOTA.matcher(message).matches()) {
        throw new PlatformException(
            FailureKind.PLATFORM_UNAVAILABLE, message, 429, Optional.of(QUOTA_PAUSE), e);
      }
      throw e;
    }
  }

  @Override
  public String idOf(RunRef made) {
    return made.workflowId();
  }

  private ObjectNode prepare() {
    JsonNode launchpad =
        request
            .target()
            .launchId()
            .map(id -> site.directory().launchById(workspace(), id))
            .orElseGet(MissingNode::getInstance);
    return request
        .resume()
        .flatMap(failed -> resumed(launchpad, failed))
        .orElseGet(() -> LaunchBody.fresh(request, launchpad));
  }

  /** Empty when the failed run never began or is gone: there is nothing to go on from then. */
  private Optional<ObjectNode> resumed(JsonNode launchpad, RunRef failed) {
    Optional<JsonNode> run =
        site.client().run(workspace(), failed.workflowId()).map(found -> found.path("workflow"));
    if (run.isEmpty()) {
      return Optional.empty();
    }
    if (!RunRow.statusOf(run.get()).ended()) {
      throw new PlatformException(
          FailureKind.STILL_RUNNING,
          "run " + failed.runName() + " has not ended, and two runs must not share a session",
          0,
          Optional.of(RESUME_PAUSE),
          null);
    }
    JsonNode launch = site.client().runLaunch(workspace(), failed.workflowId());
    return LaunchBody.resumed(request, launchpad, run.get(), launch);
  }

  private long workspace() {
    return request.target().workspaceId();
  }

  private RunRef ref(String id) {
    return new RunRef(request.connection(), workspace(), id, request.runName());
  }
}
