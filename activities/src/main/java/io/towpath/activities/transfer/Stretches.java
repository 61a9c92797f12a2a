package io.towpath.activities.transfer;

import java.io.IOException;
import java.io.InputStream;

/** Where the bytes of one file are asked for, stretch by stretch. */
interface Stretches {

  /**
   * Asks once.
   *
   * @param last the last byte wanted; negative for all of the file
   */
  Answer ask(long first, long last) throws IOException;

  /** What came back; closing it ends the download. */
  interface Answer extends AutoCloseable {
    int status();

    /** Bytes that follow; negative when that is not said. */
    long length();

    /** The {@code Content-Range}; empty when there is none. */
    String range();

    /** Whether these are bytes of the version that was looked at. */
    boolean unchanged();

    InputStream bytes() throws IOException;

    @Override
    void close();
  }
}
