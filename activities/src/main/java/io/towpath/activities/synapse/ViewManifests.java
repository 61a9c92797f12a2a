package io.towpath.activities.synapse;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.ManifestVersion;
import io.towpath.workflows.model.SynapseId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Views and datasets as manifests. A view shows other rows tomorrow, so what a run pinned is the
 * result: it is remembered for a while, and a result that has become another one is refused.
 */
final class ViewManifests {
  private static final Set<String> TYPES = Set.of("EntityView", "Dataset");
  private static final int MOST = 4;

  /** Larger results are asked for again, at two calls for a thousand rows. */
  private static final int MOST_BYTES = 2 << 20;

  private static final Duration LIFE = Duration.ofMinutes(10);

  private final SynapseClient client;
  private final Map<String, Entry> lately = new LinkedHashMap<>();

  private record Entry(ManifestContent manifest, long readAt) {}

  ViewManifests(SynapseClient client) {
    this.client = client;
  }

  static boolean takes(SeenFile seen) {
    return TYPES.contains(seen.type());
  }

  /** Asks the view now. */
  ManifestVersion pin(SynapseId view, String name, Optional<String> query, Runnable heartbeat) {
    ManifestContent read = ViewManifest.read(client, view, query, heartbeat);
    String md5 = digest("MD5", read.sheet());
    remember(view + " " + md5, read);
    return new ManifestVersion(
        view,
        name + ".csv",
        Optional.of(md5),
        read.sheet().length,
        Optional.empty(),
        Optional.of(
            new ManifestVersion.View(query, digest("SHA-256", read.sheet()).substring(0, 8))));
  }

  /** The result that was pinned. */
  ManifestContent get(ManifestVersion pinned, Optional<String> query, Runnable heartbeat) {
    String md5 = pinned.md5().orElse("");
    Optional<ManifestContent> known = known(pinned.id() + " " + md5);
    if (known.isPresent()) {
      return known.get();
    }
    ManifestContent now = ViewManifest.read(client, pinned.id(), query, heartbeat);
    if (!digest("MD5", now.sheet()).equals(md5)) {
      throw new PlatformException(
          FailureKind.INPUT_REJECTED,
          "the view "
              + pinned.id()
              + " shows other rows than when this run was resolved; start it again: the new rows"
              + " are other work, with a key of their own");
    }
    remember(pinned.id() + " " + md5, now);
    return now;
  }

  private synchronized Optional<ManifestContent> known(String key) {
    return Optional.ofNullable(lately.get(key))
        .filter(entry -> System.nanoTime() - entry.readAt() < LIFE.toNanos())
        .map(Entry::manifest);
  }

  private synchronized void remember(String key, ManifestContent manifest) {
    if (manifest.sheet().length > MOST_BYTES) {
      return;
    }
    lately.remove(key);
    lately.put(key, new Entry(manifest, System.nanoTime()));
    while (lately.size() > MOST) {
      lately.remove(lately.keySet().iterator().next());
    }
  }

  private static String digest(String algorithm, byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }
}
