package io.towpath.activities.notice;

import io.towpath.workflows.notice.NoticeActivities.Notice;

/** One way to bring a message; the Synapse adapter stands behind one, webhooks behind another. */
public interface Messenger {
  /**
   * Sends it, once. Fails with {@code RUN_STUCK} where it may have been sent and nobody can be
   * asked, and with {@code INPUT_REJECTED} or {@code ACCESS_DENIED} where it is refused.
   */
  void send(Notice notice);
}
