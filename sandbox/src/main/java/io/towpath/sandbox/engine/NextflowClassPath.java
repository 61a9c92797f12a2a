package io.towpath.sandbox.engine;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Finds the real Nextflow's jars. They are a class path of their own, which the module {@code
 * sandbox/nextflow} collects at build time, because they would not agree with ours.
 */
public final class NextflowClassPath {
  /** Names the folder of jars where the build's own is not wanted. */
  public static final String PROPERTY = "towpath.nextflow.lib";

  private NextflowClassPath() {}

  /** The folder of jars. Fails with the places that were looked at. */
  public static Path folder() {
    List<Path> candidates = candidates();
    return candidates.stream()
        .filter(NextflowClassPath::holdsNextflow)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "no Nextflow jars in " + candidates + "; build sandbox/nextflow first"));
  }

  private static List<Path> candidates() {
    String told = System.getProperty(PROPERTY);
    if (told != null) {
      return List.of(Path.of(told));
    }
    return Stream.concat(
            besideOurCode(), Stream.of(Path.of("sandbox/nextflow/target/lib").toAbsolutePath()))
        .toList();
  }

  private static Stream<Path> besideOurCode() {
    CodeSource source = NextflowClassPath.class.getProtectionDomain().getCodeSource();
    if (source == null) {
      return Stream.empty();
    }
    try {
      URI location = source.getLocation().toURI();
      Path target = Objects.requireNonNull(Path.of(location).getParent(), "code lies in a folder");
      Path built = target.resolveSibling("nextflow").resolve("target").resolve("lib");
      return Stream.of(built, target.resolve("nextflow").resolve("lib"));
    } catch (URISyntaxException e) {
      return Stream.empty();
    }
  }

  private static boolean holdsNextflow(Path folder) {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> jars = Files.list(folder)) {
      return jars.anyMatch(
          jar -> String.valueOf(jar.getFileName()).matches("nextflow-\\d.*\\.jar"));
    } catch (java.io.IOException e) {
      return false;
    }
  }
}
