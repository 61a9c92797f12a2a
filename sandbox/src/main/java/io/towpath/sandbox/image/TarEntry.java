package io.towpath.sandbox.image;

import java.time.Instant;

/**
 * One entry of a tar archive, without its bytes.
 *
 * @param name path in the archive, as it stands there
 * @param type {@code '0'} file, {@code '5'} folder, {@code '2'} symbolic link, {@code '1'} hard
 *     link; others as they stand there
 * @param mode permission bits
 * @param link where a link points; empty for others
 */
public record TarEntry(String name, char type, int mode, long size, Instant modified, String link) {
  public static final char FILE = '0';
  public static final char HARD_LINK = '1';
  public static final char LINK = '2';
  public static final char FOLDER = '5';

  static TarEntry file(String name, int mode, long size, Instant modified) {
    return new TarEntry(name, FILE, mode, size, modified, "");
  }

  static TarEntry folder(String name, Instant modified) {
    String path = name.endsWith("/") ? name : name + "/";
    return new TarEntry(path, FOLDER, 0755, 0, modified, "");
  }

  static TarEntry link(String name, String target, Instant modified) {
    return new TarEntry(name, LINK, 0777, 0, modified, target);
  }

  boolean is(char other) {
    return type == other;
  }
}
