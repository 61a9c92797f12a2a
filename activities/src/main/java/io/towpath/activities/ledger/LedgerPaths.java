package io.towpath.activities.ledger;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.RunKey;
import io.towpath.workflows.model.S3Uri;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where each entry lies below the ledger's root. Business keys and steps come from users: what is
 * not a plain letter, digit or sign is percent-encoded, so two names never share an entry.
 */
final class LedgerPaths implements EffectPaths {
  static final String REFUSED = "refused";

  private static final Pattern ENTRY = Pattern.compile("g([1-9]\\d{0,8})/([^/]+)");
  private static final Pattern INTENT = Pattern.compile(".+\\.([a-z2-7]{13})\\.intent-\\d+");
  private static final Pattern ID = Pattern.compile(".+\\.([a-z2-7]{13})\\.id");
  private static final String PLAIN =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
  private static final int MOST_BYTES_OF_A_KEY = 700;

  private final S3Uri root;

  LedgerPaths(S3Uri root) {
    this.root = root.asFolder();
  }

  S3Uri probe() {
    return root.resolve("probe");
  }

  /** The prefix that all generations of a key share; other keys may lie below it too. */
  S3Uri generations(String businessKey) {
    return root.resolve(folderOf(businessKey) + "/g");
  }

  /** Where all keys of one ETL lie. */
  S3Uri kind(String kind) {
    return root.resolve(kind + "/");
  }

  S3Uri folder(String businessKey) {
    return root.resolve(folderOf(businessKey) + "/");
  }

  /** The entry of a scan that did not start the key; none of a generation. */
  S3Uri refused(String businessKey) {
    return folder(businessKey).resolve(REFUSED);
  }

  S3Uri claim(String businessKey, int generation) {
    return entry(businessKey, generation, "claim");
  }

  /** The entry of a take-over; the first holder stands in the claim. */
  S3Uri holder(String businessKey, int generation, int holder) {
    return entry(businessKey, generation, "holder-" + holder);
  }

  S3Uri result(String businessKey, int generation) {
    return entry(businessKey, generation, "result");
  }

  S3Uri outcome(String businessKey, int generation, String step) {
    return entry(businessKey, generation, encoded(step, false) + ".outcome");
  }

  @Override
  public S3Uri intent(Claim claim, String step, RunKey key, int number) {
    return effect(claim, encoded(step, false) + "." + key.value() + ".intent-" + number);
  }

  @Override
  public S3Uri id(Claim claim, String step, RunKey key) {
    return effect(claim, encoded(step, false) + "." + key.value() + ".id");
  }

  /** Mints lie beside the business keys: every sheet of a dataset looks there. */
  EffectPaths mints() {
    return new EffectPaths() {
      @Override
      public S3Uri intent(Claim claim, String step, RunKey key, int number) {
        return new S3Uri(id(claim, step, key) + ".intent-" + number);
      }

      @Override
      public S3Uri id(Claim claim, String step, RunKey key) {
        int slash = step.lastIndexOf('/');
        String dataset = encoded(step.substring(0, slash), false);
        return root.resolve("mint/" + dataset + "/" + encoded(step.substring(slash + 1), false));
      }
    };
  }

  /** The name of an object as an entry of this key; empty for other keys that lie below. */
  static OptionalInt generationOf(String belowKey) {
    Matcher matcher = ENTRY.matcher(belowKey);
    return matcher.matches()
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }

  /** The key of an entry that notes a send; empty for other entries. */
  static Optional<RunKey> keyOfIntent(String entry) {
    return keyIn(INTENT, entry);
  }

  /** The key of an entry that has an external id; empty for other entries. */
  static Optional<RunKey> keyOfId(String entry) {
    return keyIn(ID, entry);
  }

  private static Optional<RunKey> keyIn(Pattern form, String entry) {
    Matcher matcher = form.matcher(entry);
    return matcher.matches() ? Optional.of(new RunKey(matcher.group(1))) : Optional.empty();
  }

  /** The folder of a business key, below the root. */
  static String folderOf(String businessKey) {
    if (businessKey.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES_OF_A_KEY) {
      throw refused(businessKey, "it is longer than " + MOST_BYTES_OF_A_KEY + " bytes");
    }
    StringBuilder folder = new StringBuilder();
    for (String segment : businessKey.split("/", -1)) {
      if (segment.isEmpty()) {
        throw refused(businessKey, "it has an empty part");
      }
      if (segment.equals(".") || segment.equals("..")) {
        throw refused(businessKey, "\"" + segment + "\" is not a name");
      }
      folder.append(folder.isEmpty() ? "" : "/").append(encoded(segment, true));
    }
    return folder.toString();
  }

  private S3Uri effect(Claim claim, String name) {
    return entry(claim.businessKey(), claim.generation(), name);
  }

  private S3Uri entry(String businessKey, int generation, String name) {
    return root.resolve(folderOf(businessKey) + "/g" + generation + "/" + name);
  }

  private static String encoded(String text, boolean dotIsPlain) {
    StringBuilder out = new StringBuilder(text.length());
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain = PLAIN.indexOf(c) >= 0 || (c == '.' && dotIsPlain);
      if (plain) {
        out.append(c);
      } else {
        out.append(String.format(Locale.ROOT, "%%%02X", (int) c));
      }
    }
    return out.toString();
  }

  /** A segment of a business key as it was before it became a folder's name. */
  static String decoded(String folder) {
    return URLDecoder.decode(folder.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static PlatformException refused(String businessKey, String why) {
    return new PlatformException(
        FailureKind.INPUT_REJECTED,
        "\"" + businessKey + "\" cannot be a business key: " + why + "; expected kind/id/recipe");
  }
}
