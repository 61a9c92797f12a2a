package io.towpath.activities.synapse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.activities.notice.Messenger;
import io.towpath.activities.submit.Attempt;
import io.towpath.activities.submit.Once;
import io.towpath.activities.submit.SubmitLedger;
import io.towpath.activities.submit.SubmitOnce;
import io.towpath.workflows.notice.NoticeActivities.Notice;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Messages to users and teams of Synapse ({@code POST /message}). The message's key stands in its
 * subject and is looked up in the outbox before it is sent, because Synapse sends the same one
 * twice without a word. A person who writes a message of that subject would be taken for us.
 */
public final class SynapseMessenger implements Messenger {
  private static final String PREFIX = "synapse:";

  /** Newer messages than this many hide ours; nobody waits so long for an answer. */
  private static final int MOST_LOOKED_AT = 1_000;

  private static final int PAGE = 100;
  private static final int LONGEST_NAME = 200;

  private final SynapseConnections connections;
  private final SubmitLedger ledger;
  private final Duration settle;
  private final Supplier<Attempt> attempt;

  public SynapseMessenger(
      SynapseConnections connections,
      SubmitLedger ledger,
      Duration settle,
      Supplier<Attempt> attempt) {
    this.connections = connections;
    this.ledger = ledger;
    this.settle = settle;
    this.attempt = attempt;
  }

  @Override
  public void send(Notice notice) {
    Attempt now = attempt.get();
    SynapseClient client = connections.get(notice.connection()).client();
    new SubmitOnce(ledger, now.settle(settle))
        .submit(
            new Once<>(
                notice.claim(),
                "notice-" + notice.event(),
                notice.to(),
                () -> find(client, notice, now),
                () -> post(client, notice)));
  }

  private static Optional<String> find(SynapseClient client, Notice notice, Attempt now) {
    for (int offset = 0; offset < MOST_LOOKED_AT; offset += PAGE) {
      JsonNode page = client.outbox(offset, PAGE);
      for (JsonNode message : page.path("results")) {
        if (message.path("subject").asText("").equals(subject(notice)) && isTo(message, notice)) {
          return Optional.of(message.path("id").asText(""));
        }
      }
      if (page.path("results").size() < PAGE) {
        return Optional.empty();
      }
      now.heartbeat();
    }
    return Optional.empty();
  }

  private static boolean isTo(JsonNode message, Notice notice) {
    for (JsonNode recipient : message.path("recipients")) {
      if (recipient.asText("").equals(recipient(notice))) {
        return true;
      }
    }
    return false;
  }

  private static String post(SynapseClient client, Notice notice) {
    String handle =
        new DocumentUpload(client, fileName(notice), notice.text().getBytes(StandardCharsets.UTF_8))
            .handle();
    ObjectNode message =
        JsonNodeFactory.instance
            .objectNode()
            .put("fileHandleId", handle)
            .put("subject", subject(notice));
    message.putArray("recipients").add(recipient(notice));
    return client.sendMessage(message);
  }

  private static String subject(Notice notice) {
    return notice.subject() + " [" + notice.key() + "]";
  }

  /** Tells whose text it is, also to people who look at uploads that never became a message. */
  private static String fileName(Notice notice) {
    String name = notice.key().replaceAll("[^A-Za-z0-9.-]+", "-") + ".txt";
    return name.substring(Math.max(0, name.length() - LONGEST_NAME));
  }

  private static String recipient(Notice notice) {
    return notice.to().substring(PREFIX.length());
  }
}
