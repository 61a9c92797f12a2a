package io.towpath.starter.temporal;

import io.towpath.starter.exit.Stop;
import io.towpath.workflows.payload.PayloadKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Reads the keys of payloads that the environment refers to. */
public final class PayloadKeyFiles {
  private PayloadKeyFiles() {}

  /** The keys, or ends the command with every problem of the setting. */
  public static PayloadKeys read(Map<String, String> env) {
    try {
      return PayloadKeys.read(env, PayloadKeyFiles::text);
    } catch (IllegalArgumentException e) {
      throw Stop.badInput(e.getMessage() + "; nothing was done.");
    }
  }

  private static String text(String path) {
    try {
      return Files.readString(Path.of(path));
    } catch (IOException e) {
      throw new IllegalArgumentException("file:" + path + " cannot be read", e);
    }
  }
}
