package io.towpath.sandbox.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.sandbox.control.Plans;
import io.towpath.sandbox.control.Stack;
import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Platform;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.Route;
import io.towpath.sandbox.s3.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/** The Seven Bridges API v2 of CAVATICA as one port of the sandbox. */
public final class SevenBridgesPlatform implements Platform, AutoCloseable {
  private static final String BEARER = "Bearer ";

  private final Realm realm;
  private final RateWindow window;
  private final RouteTable table;
  private final Stack stack = new Stack();
  private final TaskEngine engine;

  public SevenBridgesPlatform(SevenBridgesSettings settings, ObjectStore store, Plans plans) {
    this.realm = new Realm(settings, store, plans);
    this.window = new RateWindow(settings);
    this.table = new RouteTable(realm, window);
    this.engine =
        settings
            .cwl()
            .<TaskEngine>map(runner -> new CwlTasks(realm, runner))
            .orElseGet(() -> new SimulatedTasks(realm));
    if (!store.bucketExists(settings.bucket())) {
      store.createBucket(settings.bucket());
    }
    new AccountRoutes(realm, window).register(table);
    new ProjectRoutes(realm).register(table);
    new MemberRoutes(realm).register(table);
    new VolumeRoutes(realm).register(table);
    new FileRoutes(realm).register(table);
    new BulkFileRoutes(realm).register(table);
    new AsyncFileRoutes(realm).register(table);
    new ImportRoutes(realm).register(table);
    new ExportRoutes(realm).register(table);
    new AppRoutes(realm).register(table);
    new TaskRoutes(realm, new TaskRuns(realm, engine)).register(table);
  }

  /** Fills this stand-in without going through HTTP. */
  public SevenBridgesSeed seed() {
    return new SevenBridgesSeed(realm);
  }

  /** What other services of the platform, such as DRS, know of its files. */
  public SevenBridgesFiles files() {
    return new SevenBridgesFiles(realm);
  }

  /** Serves routes of another service behind the same credentials, limits and headers. */
  public void serve(List<Route> others) {
    others.forEach(table::add);
  }

  /** The switch of maintenance: in any other state than READ_WRITE every call is 503, code 0. */
  public Stack stack() {
    return stack;
  }

  @Override
  public String name() {
    return "sevenbridges";
  }

  @Override
  public List<String> bases() {
    return List.of("/v2");
  }

  @Override
  public List<Route> routes() {
    return table.routes();
  }

  /** Actions on a task have no body: they are shown by the task's name. */
  @Override
  public Optional<JsonNode> journalled(Call call) {
    Optional<JsonNode> body = Platform.super.journalled(call).filter(json -> !json.isEmpty());
    synchronized (realm) {
      return body.or(
          () ->
              realm
                  .tasks
                  .find(call.variables().getOrDefault("id", ""))
                  .map(task -> Fields.object().put("task", task.name)));
    }
  }

  @Override
  public Authentication authenticate(Call call) {
    if (!stack.state().works()) {
      Reply reply =
          stack
              .state()
              .message()
              .map(words -> Refusal.MAINTENANCE.thrown(words).reply())
              .orElseGet(Refusal.MAINTENANCE::reply);
      return Authentication.refused(table.complete(reply));
    }
    Optional<String> token =
        call.header("x-sbg-auth-token")
            .or(() -> call.header("authorization").flatMap(SevenBridgesPlatform::bearer));
    return token.filter(this::isValid).isPresent()
        ? Authentication.of(realm.settings.user())
        : Authentication.refused(table.complete(Refusal.UNAUTHORIZED.reply()));
  }

  private static Optional<String> bearer(String header) {
    return header.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? Optional.of(header.substring(BEARER.length()).strip())
        : Optional.empty();
  }

  private boolean isValid(String token) {
    return MessageDigest.isEqual(
        token.getBytes(StandardCharsets.UTF_8),
        realm.settings.token().getBytes(StandardCharsets.UTF_8));
  }

  /** Asking for the limit is free. */
  @Override
  public Optional<Reply> throttle(Call call) {
    boolean free = call.path().equals("/rate_limit");
    return free || window.admits()
        ? Optional.empty()
        : Optional.of(table.complete(Refusal.RATE_LIMIT.reply()));
  }

  @Override
  public Reply error(int status, String message) {
    Refusal refusal =
        switch (status) {
          case 401 -> Refusal.UNAUTHORIZED;
          case 404 -> Refusal.NOT_FOUND;
          case 405 -> Refusal.METHOD;
          default -> status >= 500 ? Refusal.UNEXPECTED : Refusal.BAD_REQUEST;
        };
    Reply reply = Reply.json(status, refusal.json().put("status", status));
    return table.complete(reply);
  }

  @Override
  public void close() {
    realm.close();
    engine.close();
  }
}
