package io.towpath.workflows.request;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells parameters that look like secrets, which have no place in a request. */
public final class Secrets {
  private static final Pattern NAMES =
      Pattern.compile("token|secret|passw(or)?d|api_?key|access_?key|credential|(^|[_.-])key$");
  private static final Pattern RANDOM =
      Pattern.compile("(?=.*\\d)(?=.*[A-Za-z])[A-Za-z0-9+/=_.~-]{16,}");
  private static final Pattern ALWAYS =
      Pattern.compile("eyJ[\\w-]{10,}\\.[\\w-]{10,}\\..*|AKIA[0-9A-Z]{16}|gh[pousr]_\\w{20,}");

  private Secrets() {}

  /** Whether a value looks like a secret, by its name and form. */
  public static boolean looksLikeOne(String name, @Nullable Object value) {
    if (!(value instanceof String text)
        || text.startsWith("s3://")
        || text.startsWith("https://")) {
      return false;
    }
    return ALWAYS.matcher(text).matches()
        || (NAMES.matcher(name.toLowerCase(Locale.ROOT)).find() && RANDOM.matcher(text).matches());
  }
}
