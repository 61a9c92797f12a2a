package io.towpath.workflows.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names a file where it comes from: an entity of Synapse ({@code syn123.4}), or an address: {@code
 * https://host/path}, {@code sbg://<file id>} or {@code drs://…}. Addresses may carry a signature,
 * so printing one leaves its query out.
 *
 * @param value the name as text, whole
 */
public record SourceId(@JsonValue String value) {
  private static final Pattern ADDRESS = Pattern.compile("[a-z][a-z0-9+.-]*://[^\\s\\p{Cntrl}]+");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public SourceId {
    if (!isAddress(value)) {
      value = new SynapseId(value).value();
    } else if (!ADDRESS.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "an address has a blank or a control character in it; expected https://host/path");
    }
  }

  public static SourceId of(SynapseId id) {
    return new SourceId(id.value());
  }

  /** The entity, where it is one of Synapse. */
  public Optional<SynapseId> synapse() {
    return isAddress(value) ? Optional.empty() : Optional.of(new SynapseId(value));
  }

  /** What an address begins with: {@code https}, {@code sbg}, {@code drs}; empty of an entity. */
  public String scheme() {
    return isAddress(value) ? value.substring(0, value.indexOf("://")) : "";
  }

  /** The folder that stands for this source alone: {@code syn123.4}, or {@code https/<12 hex>}. */
  public String folder() {
    return isAddress(value) ? scheme() + "/" + mark() : value;
  }

  /** A short text that tells this source from others in a file name. */
  public String mark() {
    return isAddress(value) ? HexFormat.of().formatHex(Sha256.of(value)).substring(0, 12) : value;
  }

  @Override
  public String toString() {
    return value.replaceFirst("[?#].*$", "").replaceFirst("://[^/@]*@", "://");
  }

  private static boolean isAddress(String text) {
    return text.contains("://");
  }
}
