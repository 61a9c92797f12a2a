package io.towpath.sandbox.engine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Hashes in the forms that Nextflow and Git show. */
public final class Hashes {
  private Hashes() {}

  /** 40 hex digits, as long as a Git commit id. */
  public static String sha1(String text) {
    return hex("SHA-1", text);
  }

  /** The 32 hex digits of a task: session, process and what it works on. */
  public static String task(String sessionId, String process, String item) {
    return hex("MD5", sessionId + '\n' + process + '\n' + item);
  }

  /** {@code ab/123456}, as logs show a task. */
  public static String brief(String task) {
    return task.substring(0, 2) + '/' + task.substring(2, 8);
  }

  /** {@code ab/1234…}, the task's folder below the work directory. */
  public static String folder(String task) {
    return task.substring(0, 2) + '/' + task.substring(2);
  }

  private static String hex(String algorithm, String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JRE has " + algorithm, e);
    }
  }
}
