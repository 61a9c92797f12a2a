package io.towpath.sandbox.seed;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The real reads that come with the sandbox; licence and source stand beside them. */
final class DemoReads {
  /** How many parts of the run there are, each with two mates. */
  static final int PARTS = 3;

  private DemoReads() {}

  /** The file name of one mate of one part, both counted from 1. */
  static String name(int part, int mate) {
    return "ERR127302_part" + part + "_R" + mate + ".fastq.gz";
  }

  static byte[] mate(int part, int mate) {
    return resource(name(part, mate));
  }

  static byte[] readme() {
    return resource("README.md");
  }

  private static byte[] resource(String name) {
    try (InputStream in = DemoReads.class.getResourceAsStream("/reads/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the sandbox lacks its own reads: " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
