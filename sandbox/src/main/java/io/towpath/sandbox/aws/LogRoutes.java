package io.towpath.sandbox.aws;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.ReplyException;
import io.towpath.sandbox.http.Route;
import io.towpath.sandbox.image.Output;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** CloudWatch Logs: reading streams. */
final class LogRoutes {
  private static final Protocol WIRE = Protocol.JSON_1_1;
  private static final int MOST_EVENTS = 10_000;

  private final LogStreams streams;

  LogRoutes(LogStreams streams) {
    this.streams = streams;
  }

  List<Route> routes() {
    return List.of(
        Route.reading("POST", "/", this::events).labelled("GetLogEvents"),
        Route.reading("POST", "/", this::list).labelled("DescribeLogStreams"));
  }

  /** Tokens stand between events; whoever is at an end gets the token that was sent. */
  private Reply events(Call call) {
    ObjectNode request = WIRE.body(call);
    Output output =
        Optional.ofNullable(group(request).get(request.path("logStreamName").asText()))
            .orElseThrow(() -> missing("The specified log stream does not exist."));
    List<Output.Line> lines =
        output.after(0).stream().filter(line -> isAsked(line, request)).toList();
    int limit = request.path("limit").asInt(MOST_EVENTS);
    if (limit < 1 || limit > MOST_EVENTS) {
      throw WIRE.bad("InvalidParameterException", "limit must be from 1 to " + MOST_EVENTS);
    }
    String token = request.path("nextToken").asText("");
    boolean fromHead = request.path("startFromHead").asBoolean();
    boolean forward = token.isEmpty() ? fromHead : token.startsWith("f/");
    long at = token.isEmpty() ? (fromHead ? 0 : Long.MAX_VALUE) : position(token);
    List<Output.Line> rest =
        lines.stream().filter(line -> forward ? line.seq() > at : line.seq() <= at).toList();
    List<Output.Line> page =
        forward
            ? rest.subList(0, Math.min(limit, rest.size()))
            : rest.subList(Math.max(0, rest.size() - limit), rest.size());
    return WIRE.reply(200, answer(page, at == Long.MAX_VALUE ? 0 : at));
  }

  private static boolean isAsked(Output.Line line, ObjectNode request) {
    long time = line.at().toEpochMilli();
    return time >= request.path("startTime").asLong(0)
        && time < request.path("endTime").asLong(Long.MAX_VALUE);
  }

  private static ObjectNode answer(List<Output.Line> page, long at) {
    ObjectNode answer = Protocol.object();
    ArrayNode events = answer.putArray("events");
    for (Output.Line line : page) {
      long time = line.at().toEpochMilli();
      events
          .addObject()
          .put("timestamp", time)
          .put("message", line.text())
          .put("ingestionTime", time);
    }
    long first = page.isEmpty() ? at : page.get(0).seq() - 1;
    long last = page.isEmpty() ? at : page.get(page.size() - 1).seq();
    return answer
        .put("nextForwardToken", "f/%056d/s".formatted(last))
        .put("nextBackwardToken", "b/%056d/s".formatted(first));
  }

  private static long position(String token) {
    if (!token.matches("[fb]/\\d{56}/s")) {
      throw WIRE.bad("InvalidParameterException", "The specified nextToken is invalid.");
    }
    return Long.parseLong(token.substring(40, 58));
  }

  private Reply list(Call call) {
    ObjectNode request = WIRE.body(call);
    String prefix = request.path("logStreamNamePrefix").asText("");
    ObjectNode answer = Protocol.object();
    ArrayNode shown = answer.putArray("logStreams");
    group(request)
        .forEach(
            (name, output) -> {
              if (name.startsWith(prefix)) {
                List<Output.Line> lines = output.after(0);
                shown
                    .addObject()
                    .put("logStreamName", name)
                    .put("firstEventTimestamp", lines.get(0).at().toEpochMilli())
                    .put("lastEventTimestamp", lines.get(lines.size() - 1).at().toEpochMilli());
              }
            });
    return WIRE.reply(200, answer);
  }

  private Map<String, Output> group(ObjectNode request) {
    return streams
        .group(request.path("logGroupName").asText())
        .orElseThrow(() -> missing("The specified log group does not exist."));
  }

  private static ReplyException missing(String message) {
    return WIRE.bad("ResourceNotFoundException", message);
  }
}
