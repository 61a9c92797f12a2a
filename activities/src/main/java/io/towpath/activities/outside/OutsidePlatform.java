package io.towpath.activities.outside;

import io.towpath.workflows.model.SourceId;
import java.util.List;

/**
 * Files that a platform keeps under ids of its own, such as {@code sbg://} ones; that platform's
 * adapter stands behind it. Nothing here changes anything, so all of it may be repeated.
 */
public interface OutsidePlatform {
  /**
   * What each file is now, in the order asked, with as few calls as the platform allows. A refusal
   * is a problem of its file, and so is a setting that the worker lacks; silence is a {@code
   * PLATFORM_UNAVAILABLE} failure.
   *
   * <p>A file's handle is empty where only its bytes tell their version: its first byte is asked
   * for then. Bucket and key are there where the platform names an object of S3 that anybody with
   * rights may read.
   *
   * @param connection name of the connection on the worker
   */
  List<OutsideLook> look(String connection, List<SourceId> ids, Runnable heartbeat);

  /**
   * A URL that the platform signs for a file. Fails with {@code ACCESS_DENIED} or {@code
   * INPUT_REJECTED} when it gives none.
   */
  FileUrl url(String connection, SourceId id);
}
