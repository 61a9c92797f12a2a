package io.towpath.workflows.notice;

import io.temporal.activity.ActivityInterface;
import io.towpath.workflows.ledger.Claim;

/** Sends messages to people. A message that cannot be sent fails no run: the answer says so. */
@ActivityInterface(namePrefix = "Notice")
public interface NoticeActivities {
  /**
   * Sends it once. Where the service can be asked what was sent, it is asked first, so that a
   * repeated attempt sends nothing twice; where it cannot, an unclear send is not repeated.
   */
  Sent send(Notice notice);

  /**
   * A message.
   *
   * @param to {@code synapse:<id of a user or team>} or {@code webhook:<name of a connection>}
   * @param event what it tells, such as {@code gate-approve} or {@code succeeded}; one message per
   *     event and generation
   * @param text plain text, without secrets
   */
  record Notice(
      Claim claim, String connection, String to, String event, String subject, String text) {
    /** Names the message for good: it stands in the subject, or in the ledger. */
    public String key() {
      return claim.businessKey() + "/g" + claim.generation() + "/" + event;
    }
  }

  /**
   * What came of it.
   *
   * @param state {@code sent}, {@code perhaps sent} or {@code not sent}
   * @param why empty when it was sent
   */
  record Sent(String to, String event, String state, String why) {}
}
