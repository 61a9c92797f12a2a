package io.towpath.sandbox.release;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The program as the files that an image needs of it. */
public final class ReleaseProgram {
  private static final List<String> CLASSES =
      List.of(
          "Fields",
          "Json",
          "ReleaseStep",
          "ReleaseStepMain",
          "Synapse",
          "Synapse$Content",
          "Table",
          "Yaml",
          "Yaml$Line");

  private ReleaseProgram() {}

  /** Its classes by their path below the class path. */
  public static Map<String, byte[]> classes() {
    String folder = ReleaseProgram.class.getPackageName().replace('.', '/') + "/";
    Map<String, byte[]> classes = new TreeMap<>();
    for (String name : CLASSES) {
      classes.put(folder + name + ".class", content(name + ".class"));
    }
    return classes;
  }

  private static byte[] content(String name) {
    try (InputStream in = ReleaseProgram.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the program of the release lacks its class " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
