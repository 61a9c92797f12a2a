package io.towpath.workflows.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Synapse entity, {@code syn123}, or one version of it, {@code syn123.4}.
 *
 * @param value the id as text, lower case
 */
public record SynapseId(@JsonValue String value) {
  private static final Pattern FORM =
      Pattern.compile("(syn[1-9]\\d{0,18})(?:\\.([1-9]\\d{0,17}))?");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public SynapseId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "\"" + value + "\" is not a Synapse id; expected syn123 or syn123.4");
    }
  }

  /** The id without its version. */
  public String entity() {
    return matched().group(1);
  }

  public OptionalLong version() {
    String version = matched().group(2);
    return version == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(version));
  }

  public SynapseId atVersion(long version) {
    return new SynapseId(entity() + "." + version);
  }

  @Override
  public String toString() {
    return value;
  }

  private Matcher matched() {
    Matcher matcher = FORM.matcher(value);
    matcher.matches();
    return matcher;
  }
}
