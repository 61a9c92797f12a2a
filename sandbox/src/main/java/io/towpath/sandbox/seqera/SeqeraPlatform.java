package io.towpath.sandbox.seqera;

import io.towpath.sandbox.control.Plans;
import io.towpath.sandbox.engine.Engine;
import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Platform;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.Route;
import io.towpath.sandbox.s3.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Seqera Platform as one port of the sandbox. */
public final class SeqeraPlatform implements Platform {
  private static final String TOO_FAST =
      "Maximum request rate exceeded. Wait 0secs before issuing a new request";

  private final SeqeraSettings settings;
  private final RateWindow window;
  private final SeqeraSeed seed;
  private final List<Route> routes;

  public SeqeraPlatform(SeqeraSettings settings, ObjectStore store, Engine engine, Plans plans) {
    this.settings = settings;
    this.window = new RateWindow(settings.clock(), settings.quotaSpeed());
    InstantSource clock = settings.clock();
    Ids ids = new Ids();
    Account account = new Account(settings.workDir());
    Launchpad launchpad = new Launchpad();
    Runs runs = new Runs();
    Labels labels = new Labels(ids, account.computeEnvs(account.showcase()).get(0).labels());
    LaunchRules rules =
        new LaunchRules(account, runs, launchpad, labels, ids, settings.keepsClientSession());
    Launcher launcher =
        new Launcher(rules, runs, ids, engine, plans, store, clock, settings.listingLag());
    WorkflowJson json = new WorkflowJson(labels, clock, engine.nextflowVersion());
    this.seed = new SeqeraSeed(account, launchpad, ids, clock);
    this.routes =
        Stream.of(
                new AccountRoutes(account).routes(),
                new ComputeRoutes(account).routes(),
                new PipelineRoutes(account, launchpad, engine.runsAnyPipeline()).routes(),
                new LaunchRoutes(account, launcher, launchpad, runs, ids).routes(),
                new RunRoutes(account, runs, new RunSearch(labels), json, clock).routes(),
                new TaskRoutes(account, runs).routes(),
                new LabelRoutes(account, labels, runs).routes(),
                new DatasetRoutes(account, ids, clock, settings.base()).routes(),
                new ActionRoutes(account, launcher, ids, clock).routes(),
                new SecretRoutes(account, ids, clock).routes(),
                new WesRoutes(account, launcher, runs, clock).routes(),
                new WatchPage(account, runs).routes())
            .flatMap(List::stream)
            .toList();
  }

  /** What the seed plants through. */
  public SeqeraSeed seed() {
    return seed;
  }

  @Override
  public String name() {
    return "seqera";
  }

  /** With the suffix of Enterprise installations, and without as in the cloud. */
  @Override
  public List<String> bases() {
    return List.of("/api", "");
  }

  @Override
  public List<Route> routes() {
    return routes;
  }

  @Override
  public Authentication authenticate(Call call) {
    Optional<String> header = call.header("authorization");
    if (header.isEmpty()) {
      return Authentication.refused(Reply.empty(401));
    }
    String[] words = header.orElseThrow().strip().split("\\s+", 2);
    boolean valid =
        words.length == 2 && words[0].equalsIgnoreCase("Bearer") && same(words[1].strip());
    return valid ? Authentication.of(Account.USER_NAME) : Authentication.refused(Reply.empty(401));
  }

  @Override
  public Optional<Reply> throttle(Call call) {
    boolean counted = settings.limits() && call.caller().isPresent();
    if (!counted || window.admits()) {
      return Optional.empty();
    }
    return Optional.of(Answers.message(429, TOO_FAST));
  }

  @Override
  public Reply error(int status, String message) {
    return status == 401 ? Reply.empty(401) : Answers.message(status, message);
  }

  private boolean same(String token) {
    return MessageDigest.isEqual(
        token.getBytes(StandardCharsets.UTF_8), settings.token().getBytes(StandardCharsets.UTF_8));
  }
}
