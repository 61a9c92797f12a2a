package io.towpath.sandbox.image;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a container sees as {@code /}: a folder of this machine that holds what its image's layers
 * and later copies put there. A process runs on this machine all the same, so paths are mapped: a
 * value that is an absolute path of something in here becomes the path of this machine; any other
 * value, {@code /bin/sh} say, stays and means this machine's own file.
 */
public final class RootFolder {
  private final Path folder;

  private RootFolder(Path folder) {
    this.folder = folder;
  }

  /** Makes the folder and unpacks layers into it, in their order. */
  public static RootFolder unpack(Path folder, List<byte[]> layers) throws IOException {
    RootFolder root = new RootFolder(Files.createDirectories(folder).toRealPath());
    for (byte[] layer : layers) {
      root.extract(new ByteArrayInputStream(layer), "/");
    }
    return root;
  }

  /** Where a container's path lies on this machine; never outside the folder. */
  public Path place(String path) {
    Path inside = Path.of("/").resolve(path).normalize();
    return folder.resolve(Path.of("/").relativize(inside));
  }

  boolean has(String path) {
    return Files.exists(place(path), LinkOption.NOFOLLOW_LINKS);
  }

  /** The value as a process of this machine needs it. */
  String mapped(String value) {
    return value.startsWith("/") && has(value) ? place(value).toString() : value;
  }

  /** A search path: first the container's own folders, then one more, then this machine's. */
  String searchPath(String path, Path more) {
    List<String> parts = Arrays.asList(path.split(File.pathSeparator, -1));
    Stream<String> own = parts.stream().filter(this::has).map(this::mapped);
    return Stream.of(own, Stream.of(more.toString()), parts.stream())
        .flatMap(all -> all)
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Unpacks a tar archive below a folder of the container. */
  public void extract(InputStream archive, String below) throws IOException {
    TarReader tar = new TarReader(archive);
    Optional<TarEntry> entry = tar.next();
    while (entry.isPresent()) {
      extract(entry.get(), tar, below);
      entry = tar.next();
    }
  }

  private void extract(TarEntry entry, TarReader tar, String below) throws IOException {
    Path place = place(below + "/" + entry.name());
    if (!place.equals(folder)) {
      Path parent = Files.createDirectories(place.getParent()).toRealPath();
      if (!parent.startsWith(folder)) {
        throw new IOException(entry.name() + " leads out of the container");
      }
    }
    if (entry.is(TarEntry.FOLDER)) {
      Files.createDirectories(place);
    } else if (entry.is(TarEntry.LINK)) {
      Files.deleteIfExists(place);
      Files.createSymbolicLink(place, Path.of(entry.link()));
    } else if (entry.is(TarEntry.HARD_LINK)) {
      Files.copy(place(entry.link()), place, StandardCopyOption.REPLACE_EXISTING);
    } else if (entry.is(TarEntry.FILE)) {
      Files.deleteIfExists(place);
      Files.write(place, tar.body());
      Files.setPosixFilePermissions(place, PathStat.permissions(entry.mode()));
    }
  }

  /** Packs a file or folder of the container, with its own name as the first part of each path. */
  public void pack(String path, OutputStream to) throws IOException {
    TarWriter tar = new TarWriter(to);
    Path from = place(path);
    Path name = from.equals(folder) ? Path.of(".") : from.getFileName();
    List<Path> all;
    try (Stream<Path> walk = Files.walk(from)) {
      all = walk.sorted(Comparator.naturalOrder()).toList();
    }
    for (Path one : all) {
      String inside = name.resolve(from.relativize(one)).normalize().toString();
      add(tar, one, inside.isEmpty() ? "." : inside);
    }
    tar.end();
  }

  private static void add(TarWriter tar, Path file, String name) throws IOException {
    PathStat stat = PathStat.of(file);
    switch (stat.type()) {
      case TarEntry.FOLDER -> tar.add(TarEntry.folder(name, stat.modified()), new byte[0]);
      case TarEntry.LINK -> tar.add(TarEntry.link(name, stat.link(), stat.modified()), new byte[0]);
      default -> {
        try (InputStream content = Files.newInputStream(file)) {
          tar.add(TarEntry.file(name, stat.mode(), stat.size(), stat.modified()), content);
        }
      }
    }
  }

  /** What lies at a path of the container, if anything does. */
  public Optional<PathStat> stat(String path) throws IOException {
    return has(path) ? Optional.of(PathStat.of(place(path))) : Optional.empty();
  }

  /** Removes the folder with all that is in it. */
  public void delete() throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(folder)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }
}
