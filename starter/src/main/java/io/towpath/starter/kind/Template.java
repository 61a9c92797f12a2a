package io.towpath.starter.kind;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A minimal request of an ETL, filled in with examples and commented, as YAML. */
public final class Template {
  private Template() {}

  public static String of(Kind kind) {
    try (InputStream file = Template.class.getResourceAsStream(kind.name() + ".yaml")) {
      if (file == null) {
        throw new IllegalStateException("no template of " + kind.name());
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
