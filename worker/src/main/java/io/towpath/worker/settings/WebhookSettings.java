package io.towpath.worker.settings;

import io.towpath.activities.config.Secret;
import io.towpath.activities.secrets.SecretReferences;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * Webhooks by name, from {@code TOWPATH_WEBHOOKS}: {@code name=https://…}, or a reference to such
 * an address, separated by white space. The addresses are secrets.
 */
public final class WebhookSettings {
  private static final String NAME = "TOWPATH_WEBHOOKS";
  private static final Pattern ONE = Pattern.compile("([A-Za-z0-9][A-Za-z0-9_-]{0,39})=(\\S+)");
  private static final Pattern ADDRESS =
      Pattern.compile("https://\\S+|http://(127\\.0\\.0\\.1|localhost)[:/]\\S+");

  private WebhookSettings() {}

  /** The webhooks; none where nothing is set. Problems say which entry, without its address. */
  public static Map<String, Secret> read(Settings settings, SecretReferences references) {
    Map<String, Secret> found = new TreeMap<>();
    String[] entries = settings.first(NAME).orElse("").split("\\s+", -1);
    for (int i = 0; i < entries.length; i++) {
      String place = "entry " + (i + 1) + " of " + NAME;
      Matcher entry = ONE.matcher(entries[i]);
      if (entry.matches()) {
        Secret address =
            settings.asked(
                new Secret("https://nowhere"),
                () -> references.named(place, entry.group(2), text -> address(place, text)));
        found.put(entry.group(1), address);
      } else if (!entries[i].isEmpty()) {
        settings.problem(place + " is not name=https://…");
      }
    }
    return found;
  }

  private static String address(String place, String text) {
    if (!ADDRESS.matcher(text.strip()).matches() || HttpUrl.parse(text.strip()) == null) {
      throw new IllegalArgumentException(place + " is not name=https://…");
    }
    return text.strip();
  }
}
