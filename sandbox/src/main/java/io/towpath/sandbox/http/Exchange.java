package io.towpath.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.sandbox.control.Fault;
import io.towpath.sandbox.control.Journal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request from routing to the last byte of its answer, with the fault that strikes it. */
final class Exchange {
  private static final Logger log = LoggerFactory.getLogger(Exchange.class);
  private static final Reply NO_ANSWER = Reply.empty(0);

  /** Bodies that say nothing; those of streamed routes are not read before. */
  private static final Set<String> NOTHING = Set.of("", "null", "{}");

  private final Platform platform;
  private final Router router;
  private final PlatformServer.Watch watch;
  private final ScheduledExecutorService later;
  private final Wire wire;
  private Optional<Call> admitted = Optional.empty();

  Exchange(
      Platform platform,
      Router router,
      PlatformServer.Watch watch,
      ScheduledExecutorService later,
      Wire wire) {
    this.platform = platform;
    this.router = router;
    this.watch = watch;
    this.later = later;
    this.wire = wire;
  }

  /** Serves the request; false when the connection was closed without a whole answer. */
  boolean run() {
    Router.Line line = wire.line(platform.collapsesSlashes());
    Router.Found found = router.find(line);
    try {
      return found.route().isPresent()
          ? serve(found.route().get(), Bodies.unread(line, found, wire))
          : refuseUnknown(line, found);
    } catch (IOException | InterruptedException clientGone) {
      wire.close();
      return false;
    }
  }

  private boolean refuseUnknown(Router.Line line, Router.Found found) throws IOException {
    Bodies.drain(wire.body());
    Reply reply =
        found.allowed().isEmpty()
            ? platform.error(404, "no such path: " + line.rawPath())
            : platform
                .error(405, "method " + line.method() + " is not allowed here")
                .with("Allow", String.join(", ", found.allowed()));
    watch.counters().add(platform.name(), line.method() + " (unknown)", reply.status());
    wire.send(reply);
    return true;
  }

  private boolean serve(Route route, Call unread) throws IOException, InterruptedException {
    Platform.Authentication found = authenticate(route, unread);
    if (found.refusal().isPresent()) {
      return answerUnasked(route, unread, found.refusal().get());
    }
    Call call = unread.from(found.caller());
    Optional<Reply> throttled = platform.throttle(call);
    if (throttled.isPresent()) {
      return answerUnasked(route, call, throttled.get());
    }
    admitted = Optional.of(call);
    try {
      return strike(route, call);
    } finally {
      release();
    }
  }

  /**
   * Before the answer's first byte: a client that has its answer may send the next call at once.
   */
  private void release() {
    Optional<Call> once = admitted;
    admitted = Optional.empty();
    once.ifPresent(platform::release);
  }

  private Platform.Authentication authenticate(Route route, Call call) {
    return route.anonymous() ? Platform.Authentication.anonymous() : platform.authenticate(call);
  }

  /** Answers a call that never reaches its endpoint. */
  private boolean answerUnasked(Route route, Call call, Reply refusal) throws IOException {
    Call read = route.streamed() ? call : Bodies.read(call, platform.maxBody()).orElse(call);
    Bodies.drain(wire.body());
    return answer(route, read, refusal);
  }

  private boolean strike(Route route, Call unread) throws IOException, InterruptedException {
    Call call = unread;
    if (watch.faults().looksAtBodies(platform.name(), route.label())) {
      call = route.streamed() ? unread : Bodies.read(unread, platform.maxBody()).orElse(unread);
    }
    Call seen = call;
    Optional<Fault> fault =
        watch.faults().take(platform.name(), route.label(), () -> bodyText(seen));
    if (fault.isPresent() && fault.get().kind() == Fault.Kind.REFUSE) {
      enter(route, seen, NO_ANSWER, false);
      release();
      wire.reset();
      return false;
    }
    if (!route.streamed()) {
      Optional<Call> read = Bodies.read(seen, platform.maxBody());
      if (read.isEmpty()) {
        return answerUnasked(route, seen, platform.error(413, "the body is too large"));
      }
      call = read.get();
    }
    return fault.isPresent()
        ? struck(route, call, fault.get())
        : answer(route, call, ask(route, call));
  }

  private boolean struck(Route route, Call call, Fault fault)
      throws IOException, InterruptedException {
    return switch (fault.kind()) {
      case REFUSE, DROP_BEFORE_COMMIT -> dropUnasked(route, call, 0);
      case HANG -> dropUnasked(route, call, fault.ms());
      case DROP_AFTER_COMMIT -> drop(route, call, ask(route, call));
      case LATE_COMMIT -> commitLater(route, call, fault);
      case STATUS, HTML, REDIRECT -> {
        Bodies.drain(call.stream());
        yield answer(route, call, FaultReplies.of(fault));
      }
      case STATUS_AFTER_COMMIT ->
          answer(route, call, FaultReplies.inPlaceOf(ask(route, call), fault));
      case TRUNCATE -> cut(route, call, ask(route, call), fault.bytes());
      case DELAY -> {
        Thread.sleep(fault.ms());
        yield answer(route, call, ask(route, call));
      }
      case HIDE -> answer(route, call, ask(route, call.hiding(Duration.ofMillis(fault.ms()))));
      case CORRUPT -> answer(route, call, FaultReplies.corrupt(ask(route, call)));
    };
  }

  private Reply ask(Route route, Call call) {
    try {
      return route.endpoint().handle(call);
    } catch (ReplyException refusal) {
      return refusal.reply();
    } catch (Exception unexpected) {
      log.error("{} {} failed", platform.name(), route.label(), unexpected);
      return platform.error(500, "internal error");
    }
  }

  private boolean answer(Route route, Call call, Reply reply) {
    long entry = enter(route, call, reply, true);
    release();
    try {
      Bodies.drain(wire.body());
      wire.send(reply);
      return true;
    } catch (IOException notSent) {
      watch.journal().notReplied(entry);
      wire.close();
      return false;
    }
  }

  private boolean cut(Route route, Call call, Reply reply, long bytes) throws IOException {
    watch.counters().add(platform.name(), route.label(), reply.status());
    journal(route, call, reply, false);
    release();
    wire.sendCut(reply, bytes);
    return false;
  }

  private boolean dropUnasked(Route route, Call call, long afterMs)
      throws IOException, InterruptedException {
    Bodies.drain(call.stream());
    Thread.sleep(afterMs);
    return drop(route, call, NO_ANSWER);
  }

  private boolean drop(Route route, Call call, Reply lost) throws IOException {
    lost.body().close();
    enter(route, call, lost, false);
    release();
    wire.close();
    return false;
  }

  private boolean commitLater(Route route, Call call, Fault fault) throws IOException {
    Call kept = route.streamed() ? Bodies.spool(call) : call;
    long entry = enter(route, call, NO_ANSWER, false);
    Future<Reply> unused =
        later.schedule(
            () -> {
              Reply reply = ask(route, kept);
              if (reply.committed()) {
                watch.journal().committed(entry, reply.status(), target(reply));
              }
              reply.body().close();
              return reply;
            },
            fault.ms(),
            TimeUnit.MILLISECONDS);
    wire.close();
    return false;
  }

  /** Counts the call and, when it is a mutating one, enters it in the journal. */
  private long enter(Route route, Call call, Reply reply, boolean replied) {
    int status = replied ? reply.status() : 0;
    watch.counters().add(platform.name(), route.label(), status);
    return journal(route, call, reply, replied);
  }

  private long journal(Route route, Call call, Reply reply, boolean replied) {
    if (!route.mutating()) {
      return 0;
    }
    return watch
        .journal()
        .add(
            new Journal.Draft(
                platform.name(),
                route.label(),
                reply.status(),
                reply.committed(),
                replied,
                target(reply),
                platform.journalled(call)));
  }

  private static Optional<Journal.Target> target(Reply reply) {
    return reply
        .touched()
        .map(touched -> new Journal.Target(touched.type(), touched.id(), touched.name()));
  }

  private String bodyText(Call call) {
    String body = new String(call.body(), StandardCharsets.UTF_8);
    return NOTHING.contains(body.strip())
        ? platform.journalled(call).map(JsonNode::toString).orElse("")
        : body;
  }
}
