package io.towpath.workflows.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a resolved request would do, as one value: two requests with the same digest have the same
 * effect, so the second one has nothing to do.
 *
 * @param value 64 hex digits, SHA-256 over {@link CanonicalJson}
 */
public record SpecDigest(@JsonValue String value) {
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public SpecDigest {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("\"" + value + "\" is not a SHA-256 in hex");
    }
  }

  /** Digest of the fields that decide the effect; what only steers must not be among them. */
  public static SpecDigest of(Map<String, ?> effect) {
    return new SpecDigest(HexFormat.of().formatHex(Sha256.of(CanonicalJson.write(effect))));
  }

  @Override
  public String toString() {
    return value;
  }
}
