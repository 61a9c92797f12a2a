package io.towpath.sandbox.sevenbridges;

import java.security.SecureRandom;
import java.util.UUID;

/** Ids in the platform's forms; those of files are the same in every sandbox with the same seed. */
final class Ids {
  private static final String BASE62 =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int JOB_LENGTH = 32;

  private final SecureRandom random = new SecureRandom();
  private long lastFile;

  /** 24 hex digits. */
  String file() {
    lastFile++;
    return String.format("6561%08x%012x", (lastFile * 2_654_435_761L) & 0xffff_ffffL, lastFile);
  }

  String task() {
    return UUID.randomUUID().toString();
  }

  /** Of imports, exports and asynchronous jobs. */
  String job() {
    StringBuilder id = new StringBuilder(JOB_LENGTH);
    for (int i = 0; i < JOB_LENGTH; i++) {
      id.append(BASE62.charAt(random.nextInt(BASE62.length())));
    }
    return id.toString();
  }
}
