package io.towpath.activities.notice;

import io.towpath.activities.config.Secret;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * Webhooks by name, from {@code TOWPATH_WEBHOOKS}: {@code name=https://…}, separated by white
 * space. The addresses are secrets.
 */
public final class WebhookSettings {
  private static final String NAME = "TOWPATH_WEBHOOKS";
  private static final Pattern ONE =
      Pattern.compile(
          "([A-Za-z0-9][A-Za-z0-9_-]{0,39})=(https://\\S+|http://(127\\.0\\.0\\.1|localhost)[:/]\\S+)");

  private WebhookSettings() {}

  /**
   * The webhooks; none where nothing is set.
   *
   * @throws IllegalArgumentException that says which entry is wrong, without its address
   */
  public static Map<String, Secret> find(Map<String, String> environment) {
    Map<String, Secret> found = new TreeMap<>();
    String[] entries = environment.getOrDefault(NAME, "").strip().split("\\s+", -1);
    for (int i = 0; i < entries.length; i++) {
      var entry = ONE.matcher(entries[i]);
      if (entry.matches() && HttpUrl.parse(entry.group(2)) != null) {
        found.put(entry.group(1), new Secret(entry.group(2)));
      } else if (!entries[i].isEmpty()) {
        throw new IllegalArgumentException(
            "entry " + (i + 1) + " of " + NAME + " is not name=https://…");
      }
    }
    return found;
  }
}
