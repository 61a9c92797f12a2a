package io.towpath.activities.synapse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.store.S3Documents;
import io.towpath.activities.submit.Attempt;
import io.towpath.workflows.notice.NoticeActivities.Notice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A message: Synapse takes the same one any number of times, so it is known by its subject. */
class MessageExactlyOnceIT extends SynapseExactlyOnce {
  private static final String BOB = "3400003";

  MessageExactlyOnceIT() {
    super("POST /message");
  }

  @Override
  protected String submit() {
    messenger().send(notice(BOB));
    return sentTo(BOB).get(0).path("id").asText();
  }

  @Test
  void the_key_stands_in_the_subject_and_each_recipient_gets_a_message_of_its_own() {
    messenger().send(notice(BOB));
    messenger().send(notice("3400002"));
    messenger().send(notice(BOB));

    assertThat(effects()).isEqualTo(2);
    assertThat(sentTo(BOB).get(0).path("subject").asText())
        .isEqualTo("Release 1 [" + notice(BOB).key() + "]")
        .contains("/g" + claim().generation() + "/succeeded");
  }

  @Test
  void another_generation_is_another_message_however_equal_its_text() {
    messenger().send(notice(BOB));
    beginAnew();

    messenger().send(notice(BOB));

    assertThat(effects()).isOne();
  }

  @Test
  void a_message_is_found_behind_newer_ones() {
    messenger().send(notice(BOB));
    String handle = sentTo(BOB).get(0).path("fileHandleId").asText();
    for (int i = 0; i < 101; i++) {
      sandbox()
          .client()
          .sendMessage(
              S3Documents.JSON
                  .createObjectNode()
                  .put("fileHandleId", handle)
                  .put("subject", "something else")
                  .set("recipients", S3Documents.JSON.createArrayNode().add(BOB)));
    }

    messenger().send(notice(BOB));

    assertThat(effects()).isEqualTo(102);
  }

  private Notice notice(String user) {
    return new Notice(
        claim(), "default", "synapse:" + user, "succeeded", "Release 1", "It is promoted.");
  }

  private SynapseMessenger messenger() {
    return new SynapseMessenger(
        sandbox().connections(),
        sandbox().ledger,
        SETTLE_TIME,
        () -> new Attempt(1, Duration.ofMinutes(5), () -> {}));
  }

  /** Ours of this test, as the outbox tells. */
  private List<JsonNode> sentTo(String user) {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode message : sandbox().client().outbox(0, 100).path("results")) {
      if (message.path("subject").asText().contains(notice(user).key())
          && message.path("recipients").toString().contains(user)) {
        found.add(message);
      }
    }
    return found;
  }
}
