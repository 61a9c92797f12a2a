package io.towpath.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A tiny platform that keeps notes: enough to see every fault at work. */
final class NotesPlatform implements Platform {
  static final int MOST_BYTES = 2_000;

  private record Note(String id, String text, java.time.Instant visibleFrom) {}

  private final InstantSource clock = InstantSource.system();
  private final List<Note> notes = new ArrayList<>();
  final AtomicInteger inFlight = new AtomicInteger();
  volatile boolean throttling;

  @Override
  public String name() {
    return "synapse";
  }

  @Override
  public List<String> bases() {
    return List.of("/repo/v1", "/auth/v1");
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.reading("GET", "/note", this::list),
        Route.mutating("POST", "/note", this::create),
        Route.reading("GET", "/note/{id}", call -> text(call.variable("id"))),
        Route.reading("GET", "/note/latest", call -> text("latest")),
        Route.reading("GET", "/file/{path+}", call -> text(call.variable("path"))),
        Route.mutating("PUT", "/blob/{id}", this::blob).withStreamedBody(),
        Route.reading("GET", "/open", call -> text("open")).withoutCredentials(),
        Route.reading("GET", "/bug", NotesPlatform::fail));
  }

  private static Reply fail(Call call) {
    throw new IllegalStateException("this one logs a stack trace: " + call.path());
  }

  private static Reply text(String text) {
    return Reply.text(200, "text/plain; charset=utf-8", text);
  }

  private synchronized Reply list(Call call) {
    ArrayNode shown = JsonNodeFactory.instance.arrayNode();
    notes.stream()
        .filter(note -> !note.visibleFrom().isAfter(clock.instant()))
        .forEach(note -> shown.add(note.text()));
    return Reply.json(200, shown);
  }

  private synchronized Reply create(Call call) {
    JsonNode body =
        Json.parse(call.body()).orElseThrow(() -> new ReplyException(error(400, "no JSON")));
    String id = "n" + (notes.size() + 1);
    String text = body.path("text").asText();
    notes.add(new Note(id, text, clock.instant().plus(call.hideFor())));
    return Reply.json(201, JsonNodeFactory.instance.objectNode().put("id", id))
        .changed("note", id, text);
  }

  private Reply blob(Call call) throws java.io.IOException {
    long bytes = call.stream().transferTo(java.io.OutputStream.nullOutputStream());
    return text("" + bytes).changed("blob", call.variable("id"), "" + bytes);
  }

  synchronized int count() {
    return notes.size();
  }

  @Override
  public Authentication authenticate(Call call) {
    Optional<String> caller = call.header("Authorization");
    return caller.isEmpty()
        ? Authentication.refused(error(401, "who are you?"))
        : Authentication.of(caller.get());
  }

  @Override
  public Optional<Reply> throttle(Call call) {
    if (throttling) {
      return Optional.of(error(429, "slow down"));
    }
    inFlight.incrementAndGet();
    return Optional.empty();
  }

  @Override
  public void release(Call call) {
    inFlight.decrementAndGet();
  }

  @Override
  public Reply error(int status, String message) {
    return Reply.json(status, JsonNodeFactory.instance.objectNode().put("reason", message));
  }

  @Override
  public long maxBody() {
    return MOST_BYTES;
  }
}
