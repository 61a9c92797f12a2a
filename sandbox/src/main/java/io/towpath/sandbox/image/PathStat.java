package io.towpath.sandbox.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What lies at a path.
 *
 * @param type as {@link TarEntry#type}
 * @param mode permission bits
 * @param link where a symbolic link points; empty for others
 */
public record PathStat(String name, char type, int mode, long size, Instant modified, String link) {
  private static final List<PosixFilePermission> BITS = List.of(PosixFilePermission.values());

  static PathStat of(Path file) throws IOException {
    PosixFileAttributes found =
        Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    char type =
        found.isDirectory()
            ? TarEntry.FOLDER
            : found.isSymbolicLink() ? TarEntry.LINK : TarEntry.FILE;
    String link = type == TarEntry.LINK ? Files.readSymbolicLink(file).toString() : "";
    return new PathStat(
        String.valueOf(file.getFileName()),
        type,
        mode(found.permissions()),
        found.size(),
        found.lastModifiedTime().toInstant(),
        link);
  }

  private static int mode(Set<PosixFilePermission> permissions) {
    return permissions.stream().mapToInt(one -> 0400 >> BITS.indexOf(one)).sum();
  }

  static Set<PosixFilePermission> permissions(int mode) {
    return BITS.stream()
        .filter(one -> (mode & (0400 >> BITS.indexOf(one))) != 0)
        .collect(Collectors.toSet());
  }

  public boolean isFolder() {
    return type == TarEntry.FOLDER;
  }
}
