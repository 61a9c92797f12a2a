package io.towpath.sandbox.synapse;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.sandbox.control.Stack;
import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Platform;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.Route;
import io.towpath.sandbox.http.Router;
import io.towpath.sandbox.s3.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A stand-in of Synapse's REST services, by their documented contract. */
public final class SynapsePlatform implements Platform {
  static final String DOWN = "Synapse is down for maintenance.";
  private static final List<String> OPEN_IN_MAINTENANCE =
      List.of("/status", "/version", "/admin", "/migration");
  private static final String BEARER = "bearer ";
  private final Realm realm;
  private final Throttle throttle;
  private final List<Route> routes;
  private final SynapseSeed seed;

  public SynapsePlatform(ObjectStore store, SynapseSettings settings) {
    this.realm = new Realm(store, settings);
    this.throttle = new Throttle(settings.clock(), settings.windowDivisor());
    if (!store.bucketExists(settings.bucket())) {
      store.createBucket(settings.bucket());
    }
    this.routes = allRoutes();
    this.seed = new SynapseSeed(realm);
  }

  private List<Route> allRoutes() {
    RouteTable table = new RouteTable(realm);
    new EntityRoutes(realm).register(table);
    new ListingRoutes(realm).register(table);
    new BundleRoutes(realm).register(table);
    new AnnotationRoutes(realm).register(table);
    new VersionRoutes(realm).register(table);
    new ActivityRoutes(realm).register(table);
    new TrashRoutes(realm).register(table);
    new FileHandleRoutes(realm).register(table);
    new DownloadRoutes(realm).register(table);
    new MultipartRoutes(realm).register(table);
    new StorageRoutes(realm).register(table);
    new ProjectSettingRoutes(realm).register(table);
    new StsRoutes(realm).register(table);
    new TableRoutes(realm).register(table);
    new DrsRoutes(realm).register(table);
    new MessageRoutes(realm).register(table);
    new UserRoutes(realm).register(table);
    List<Route> all = new ArrayList<>(table.routes());
    all.addAll(new PresignedRoutes(realm).routes());
    return List.copyOf(all);
  }

  /** Fills this stand-in without going through HTTP. */
  public SynapseSeed seed() {
    return seed;
  }

  /** The switch of maintenance; READ_ONLY refuses reads too. */
  public Stack stack() {
    return realm.stack;
  }

  /** Makes S3 forget a running upload, as when its database transaction was rolled back. */
  public void loseUpload(String uploadId) {
    synchronized (realm) {
      realm.uploads.find(uploadId).ifPresent(upload -> upload.goneFromS3 = true);
    }
  }

  @Override
  public String name() {
    return "synapse";
  }

  @Override
  public List<String> bases() {
    return Services.bases();
  }

  @Override
  public List<Route> routes() {
    return routes;
  }

  @Override
  public Router router() {
    return Services.router(routes);
  }

  /** RequestSizeThrottleFilter. */
  @Override
  public long maxBody() {
    return 2L << 20;
  }

  /** Transfers are shown by the object they touch, as those of S3 are. */
  @Override
  public Optional<JsonNode> journalled(Call call) {
    Map<String, String> variables = call.variables();
    if (call.path().startsWith(PresignedRoutes.PREFIX)) {
      return Optional.of(
          touched(variables.getOrDefault("bucket", ""), variables.getOrDefault("key", "")));
    }
    Optional<JsonNode> body = Platform.super.journalled(call).filter(json -> !json.isEmpty());
    synchronized (realm) {
      return body.or(
          () ->
              realm
                  .uploads
                  .find(variables.getOrDefault("uploadId", ""))
                  .map(upload -> upload.plan.target())
                  .map(target -> touched(target.bucket(), target.key())));
    }
  }

  private static JsonNode touched(String bucket, String key) {
    return Json.object().put("bucket", bucket).put("key", key);
  }

  /** A bad token is 401, unless the stack is stopped; no token is the anonymous user. */
  @Override
  public Authentication authenticate(Call call) {
    Optional<Reply> maintenance = maintenance(call);
    if (maintenance.isPresent()) {
      return Authentication.refused(maintenance.get());
    }
    String header = call.header("authorization").orElse("").strip();
    if (header.isEmpty()) {
      return Authentication.anonymous();
    }
    if (header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
      String token = header.substring(BEARER.length()).strip();
      for (SynapseAccount account : realm.settings.accounts()) {
        if (account.token().equals(token)) {
          return Authentication.of(account);
        }
      }
    }
    return Authentication.refused(
        refused(
            call,
            Refusals.reply(401, "Invalid access token")
                .with("WWW-Authenticate", "Bearer realm=\"Synapse Repository Services\"")));
  }

  /** StackStatusFilter, which looks at paths only; S3 stands beside the stack. */
  private Optional<Reply> maintenance(Call call) {
    String path = call.path();
    Stack.State state = realm.stack.state();
    boolean open =
        OPEN_IN_MAINTENANCE.stream().anyMatch(path::contains)
            || path.startsWith(PresignedRoutes.PREFIX);
    return state.works() || open
        ? Optional.empty()
        : Optional.of(refused(call, Refusals.reply(503, state.message().orElse(DOWN))));
  }

  private static Reply refused(Call call, Reply reply) {
    return RouteTable.withSession(call, reply);
  }

  /** Whether the throttle counts the call: known users on the repository and file services. */
  private Optional<SynapseAccount> counted(Call call) {
    return Services.isThrottled(call.path()) && realm.settings.limits()
        ? call.caller().map(SynapseAccount.class::cast)
        : Optional.empty();
  }

  @Override
  public Optional<Reply> throttle(Call call) {
    Optional<Reply> maintenance = maintenance(call);
    if (maintenance.isPresent()) {
      return maintenance;
    }
    return counted(call)
        .flatMap(caller -> throttle.admit(caller, call))
        .map(reply -> refused(call, reply));
  }

  @Override
  public void release(Call call) {
    counted(call).ifPresent(caller -> throttle.release(caller, call));
  }

  @Override
  public Reply error(int status, String message) {
    return Refusals.reply(status, message);
  }
}
