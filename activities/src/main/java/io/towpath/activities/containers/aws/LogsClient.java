package io.towpath.activities.containers.aws;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/** CloudWatch Logs: reads streams. */
final class LogsClient {
  /** A page has at most 1 MB; of longer logs the beginning and the last page are read. */
  private static final int MOST_PAGES = 64;

  private final CloudWatchLogsClient logs;

  LogsClient(CloudWatchLogsClient logs) {
    this.logs = logs;
  }

  /** {@code GetLogEvents} from the beginning; nothing where there is no stream. */
  void copy(String group, String stream, OutputStream out) {
    @Nullable String token = null;
    for (int page = 0; page < MOST_PAGES; page++) {
      Optional<GetLogEventsResponse> answer = page(group, stream, token, true);
      if (answer.isEmpty()) {
        return;
      }
      write(answer.get(), out);
      String next = answer.get().nextForwardToken();
      if (next == null || next.equals(token)) {
        return;
      }
      token = next;
    }
    page(group, stream, null, false).ifPresent(last -> write(last, out));
  }

  /** The end of a stream is the token that was sent; pages before it may be empty. */
  private Optional<GetLogEventsResponse> page(
      String group, String stream, @Nullable String token, boolean fromHead) {
    return AwsCall.repeatable(
        "CloudWatch Logs GetLogEvents",
        () -> {
          try {
            return Optional.of(
                logs.getLogEvents(
                    r ->
                        r.logGroupName(group)
                            .logStreamName(stream)
                            .nextToken(token)
                            .startFromHead(fromHead)));
          } catch (ResourceNotFoundException e) {
            return Optional.empty();
          }
        });
  }

  private static void write(GetLogEventsResponse answer, OutputStream out) {
    try {
      for (OutputLogEvent event : answer.events()) {
        out.write((event.message() + "\n").getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
