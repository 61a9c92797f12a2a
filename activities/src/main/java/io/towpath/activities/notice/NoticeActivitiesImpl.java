package io.towpath.activities.notice;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.notice.NoticeActivities;

/** Says what came of a message; only an outage is waited for. */
public final class NoticeActivitiesImpl implements NoticeActivities {
  private final Messenger messenger;

  public NoticeActivitiesImpl(Messenger messenger) {
    this.messenger = messenger;
  }

  @Override
  public Sent send(Notice notice) {
    try {
      messenger.send(notice);
      return new Sent(notice.to(), notice.event(), "sent", "");
    } catch (PlatformException e) {
      String state =
          switch (e.kind()) {
            case RUN_STUCK -> "perhaps sent";
            case INPUT_REJECTED, ACCESS_DENIED -> "not sent";
            default -> throw e;
          };
      return new Sent(notice.to(), notice.event(), state, String.valueOf(e.getMessage()));
    }
  }
}
