package io.towpath.sandbox.container;

import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.Route;
import io.towpath.sandbox.image.Output;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What containers wrote, in frames that tell standard output from standard error. */
final class LogRoutes {
  private static final int FRAME_HEAD = 8;
  private static final String TYPE = "application/vnd.docker.raw-stream";

  /** What a call asks for. */
  private record Wanted(
      boolean stdout, boolean stderr, boolean stamped, Instant since, Instant until) {
    boolean takes(Output.Line line) {
      boolean channel = line.channel() == Output.Channel.STDOUT ? stdout : stderr;
      return channel && !line.at().isBefore(since) && !line.at().isAfter(until);
    }
  }

  private final Containers containers;

  LogRoutes(Containers containers) {
    this.containers = containers;
  }

  List<Route> routes() {
    return List.of(Route.reading("GET", "/containers/{id}/logs", this::logs));
  }

  private Reply logs(Call call) {
    Container container = containers.get(call.variable("id"));
    Wanted wanted =
        new Wanted(
            ContainerRoutes.isTrue(call, "stdout"),
            ContainerRoutes.isTrue(call, "stderr"),
            ContainerRoutes.isTrue(call, "timestamps"),
            time(call, "since", Instant.EPOCH),
            time(call, "until", Instant.MAX));
    if (!wanted.stdout() && !wanted.stderr()) {
      throw Refusals.bad("Bad parameters: you must choose at least one stream");
    }
    boolean framed = !container.body().path("Tty").asBoolean();
    List<Output.Line> lines = container.output.after(0);
    long last = lines.isEmpty() ? 0 : lines.get(lines.size() - 1).seq();
    byte[] now = bytes(tail(call, lines, wanted), wanted, framed);
    return ContainerRoutes.isTrue(call, "follow")
        ? Reply.stream(200, TYPE, follow(container, now, last, wanted), -1)
        : Reply.bytes(200, TYPE, now);
  }

  private static List<Output.Line> tail(Call call, List<Output.Line> all, Wanted wanted) {
    List<Output.Line> lines = all.stream().filter(wanted::takes).toList();
    return call.query("tail")
        .filter(tail -> tail.matches("\\d{1,9}"))
        .map(
            tail -> lines.subList(Math.max(0, lines.size() - Integer.parseInt(tail)), lines.size()))
        .orElse(lines);
  }

  private static LaterStream follow(Container container, byte[] first, long seen, Wanted wanted) {
    boolean framed = !container.body().path("Tty").asBoolean();
    return new LaterStream(
        new LaterStream.Source() {
          private Optional<byte[]> ready = Optional.of(first).filter(some -> some.length > 0);
          private long last = seen;

          @Override
          public Optional<byte[]> next() throws InterruptedException {
            if (ready.isPresent()) {
              Optional<byte[]> piece = ready;
              ready = Optional.empty();
              return piece;
            }
            LifeRoutes.await(
                () -> !container.state().isAlive() || !container.output.after(last).isEmpty(),
                Duration.ofDays(1));
            List<Output.Line> lines = container.output.after(last);
            if (lines.isEmpty()) {
              return Optional.empty();
            }
            last = lines.get(lines.size() - 1).seq();
            return Optional.of(
                bytes(lines.stream().filter(wanted::takes).toList(), wanted, framed));
          }
        },
        false);
  }

  private static byte[] bytes(List<Output.Line> lines, Wanted wanted, boolean framed) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Output.Line line : lines) {
      String stamp = wanted.stamped() ? ContainerJson.time(line.at()) + " " : "";
      byte[] head = stamp.getBytes(StandardCharsets.US_ASCII);
      if (framed) {
        bytes.writeBytes(
            ByteBuffer.allocate(FRAME_HEAD)
                .put(0, (byte) line.channel().number)
                .putInt(4, head.length + line.bytes().length)
                .array());
      }
      bytes.writeBytes(head);
      bytes.writeBytes(line.bytes());
    }
    return bytes.toByteArray();
  }

  /** Seconds since 1970, with or without a fraction; 0 and absence mean no bound. */
  private static Instant time(Call call, String name, Instant fallback) {
    String text = call.query(name).orElse("");
    if (text.isEmpty() || text.equals("0")) {
      return fallback;
    }
    if (!text.matches("\\d{1,11}(\\.\\d{1,9})?")) {
      throw Refusals.bad("invalid value for \"" + name + "\": " + text);
    }
    int dot = text.indexOf('.');
    long seconds = Long.parseLong(dot < 0 ? text : text.substring(0, dot));
    String nanos = dot < 0 ? "0" : (text.substring(dot + 1) + "000000000").substring(0, 9);
    return Instant.ofEpochSecond(seconds, Long.parseLong(nanos));
  }
}
