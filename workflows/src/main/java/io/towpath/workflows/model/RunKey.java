package io.towpath.workflows.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Names one external effect, and is written into the platform's object when it is made, so that the
 * platform itself remembers it. The same effect has the same key whatever crashes or restarts.
 *
 * @param value 13 characters of lower-case base32 (RFC 4648 alphabet)
 */
public record RunKey(@JsonValue String value) {
  public static final int LENGTH = 13;
  private static final Pattern FORM = Pattern.compile("[a-z2-7]{13}");
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public RunKey {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("\"" + value + "\" is not an operation key");
    }
  }

  /**
   * The key of one effect.
   *
   * @param scope the business key, with {@code TOWPATH_SCOPE} where it is set; never a Temporal id
   * @param step which step of the ETL, for example the name of a run
   * @param item which item of that step; empty where the step has one effect
   * @param effect digest of what this one effect gets
   * @param attempt from 1; rises only when the earlier attempt is terminal and its outcome recorded
   */
  public static RunKey of(String scope, String step, String item, SpecDigest effect, int attempt) {
    byte[] hash =
        Sha256.of(CanonicalJson.write(List.of(scope, step, item, effect.value(), attempt)));
    StringBuilder key = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      int bit = i * 5;
      int window = (hash[bit / 8] & 0xff) << 8 | (hash[bit / 8 + 1] & 0xff);
      key.append(ALPHABET.charAt(window >> (11 - bit % 8) & 31));
    }
    return new RunKey(key.toString());
  }

  @Override
  public String toString() {
    return value;
  }
}
