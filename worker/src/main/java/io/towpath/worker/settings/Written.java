package io.towpath.worker.settings;

import io.towpath.activities.config.Secret;
import io.towpath.activities.secrets.SecretReferences;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** One connection as it is written. What cannot be right becomes a problem of the settings. */
final class Written {
  private static final Secret NONE = new Secret("none");

  private final Platform platform;
  private final Map<String, Entry> entries;
  private final Settings settings;
  private final SecretReferences references;

  /** What stands in a field, and where. */
  record Entry(String place, String text) {
    @Override
    public String toString() {
      return place;
    }
  }

  /**
   * @param entries by field
   */
  Written(
      Platform platform,
      Map<String, Entry> entries,
      Settings settings,
      SecretReferences references) {
    this.platform = platform;
    this.entries = Map.copyOf(entries);
    this.settings = settings;
    this.references = references;
  }

  /** The credential, rather its own field than the one in the URI. */
  Secret token() {
    Entry token = entries.get(Platform.TOKEN);
    if (token != null) {
      return secret(() -> references.named(token.place(), token.text(), text -> text));
    }
    return entry(Platform.URI)
        .map(
            uri ->
                secret(
                    () ->
                        references.named(
                            uri.place(), uri.text(), text -> parsed(uri, text).token())))
        .orElse(NONE);
  }

  private Secret secret(Supplier<Secret> question) {
    return settings.asked(NONE, question);
  }

  /** What the URI says beside the token; empty where the token stands by itself. */
  Optional<ConnectionUri> uri() {
    return entries.containsKey(Platform.TOKEN)
        ? Optional.empty()
        : entry(Platform.URI)
            .flatMap(
                uri ->
                    settings.asked(
                        Optional.empty(),
                        () -> Optional.of(parsed(uri, references.named(uri.place(), uri.text())))));
  }

  private ConnectionUri parsed(Entry uri, String text) {
    return ConnectionUri.of(uri.place(), platform.uri(), text.strip());
  }

  /** Where the platform answers: as the URI says, else as its own field does. */
  URI endpoint(URI fallback) {
    return uri().flatMap(ConnectionUri::server).orElseGet(() -> url("endpoint", fallback));
  }

  private URI url(String field, URI fallback) {
    return entry(field)
        .map(entry -> settings.url(entry.place(), entry.text(), fallback))
        .orElse(fallback);
  }

  /** A number above 0. */
  int count(String field, int fallback) {
    return entry(field)
        .map(
            entry -> {
              if (entry.text().matches("[1-9]\\d{0,6}")) {
                return Integer.parseInt(entry.text());
              }
              settings.problem(
                  entry.place() + " is \"" + entry.text() + "\"; expected a number above 0");
              return fallback;
            })
        .orElse(fallback);
  }

  Optional<Entry> entry(String field) {
    return Optional.ofNullable(entries.get(field));
  }

  void problem(String text) {
    settings.problem(text);
  }
}
