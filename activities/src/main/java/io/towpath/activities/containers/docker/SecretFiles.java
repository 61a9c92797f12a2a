package io.towpath.activities.containers.docker;

import io.towpath.activities.config.Secret;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * Secrets as a tar of the files {@code /run/secrets/NAME} (POSIX ustar). Files of a container are
 * not shown by inspect, and go with it.
 */
final class SecretFiles {
  private static final int BLOCK = 512;
  private static final int OWN = 0400;
  private static final int ANYBODY = 0444;

  private final ByteArrayOutputStream tar = new ByteArrayOutputStream();
  private final int owner;
  private final int mode;

  /**
   * @param user the container's user: of one that has a name nobody here knows the number, so that
   *     everybody in the container may read the file
   */
  private SecretFiles(String user) {
    boolean numbered = user.isEmpty() || user.matches("\\d{1,7}(:.*)?");
    this.owner = numbered && !user.isEmpty() ? Integer.parseInt(user.replaceFirst(":.*$", "")) : 0;
    this.mode = numbered ? OWN : ANYBODY;
  }

  /** Where the program finds the file of this name. */
  static String path(String name) {
    return "/run/secrets/" + name;
  }

  static byte[] tar(Map<String, Secret> secrets, String user) {
    SecretFiles files = new SecretFiles(user);
    secrets.forEach(
        (name, secret) ->
            files.add(path(name).substring(1), secret.reveal().getBytes(StandardCharsets.UTF_8)));
    files.tar.writeBytes(new byte[2 * BLOCK]);
    return files.tar.toByteArray();
  }

  private void add(String path, byte[] content) {
    byte[] header = new byte[BLOCK];
    put(header, 0, path);
    put(header, 100, octal(7, mode));
    put(header, 108, octal(7, owner));
    put(header, 116, octal(7, 0));
    put(header, 124, octal(11, content.length));
    put(header, 136, octal(11, 0));
    put(header, 148, "        ");
    put(header, 156, "0");
    put(header, 257, "ustar\0" + "00");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    put(header, 148, octal(6, sum) + "\0 ");
    tar.writeBytes(header);
    tar.writeBytes(content);
    tar.writeBytes(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
  }

  private static String octal(int digits, long value) {
    return String.format(Locale.ROOT, "%0" + digits + "o", value);
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}
