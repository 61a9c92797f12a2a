package io.towpath.activities.synapse;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.store.Digests;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.FileRef;
import io.towpath.workflows.model.ManifestVersion;
import io.towpath.workflows.model.SynapseId;
import io.towpath.workflows.synapse.SynapseActivities.PinManifest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** Pins manifests and reads them. They are held in memory as a whole. */
final class ManifestReader {
  /** Longer manifests are refused. */
  static final long MOST_BYTES = 64L << 20;

  private static final Duration TIMEOUT = Duration.ofMinutes(3);

  private final SynapseConnections connections;
  private final SynapseDownloads downloads;

  ManifestReader(SynapseConnections connections) {
    this.connections = connections;
    this.downloads = new SynapseDownloads(connections);
  }

  /** The manifest as it is now; a request without a version is pinned to the newest one. */
  ManifestVersion pin(PinManifest request, Runnable heartbeat) {
    String connection = request.connection();
    SynapseId id = request.manifest();
    SynapseAccount account = connections.get(connection);
    SeenFile seen = look(account, id, "a manifest file");
    if (ViewManifests.takes(seen)) {
      return account.views().pin(id, seen.name(), request.query(), heartbeat);
    }
    if (request.query().isPresent()) {
      throw rejected("manifest.query is for views and datasets; " + id + " is a " + seen.type());
    }
    return pin(account, seen);
  }

  /**
   * The same of what can only be a file.
   *
   * @param expected what it should be, in words
   */
  ManifestVersion pinFile(String connection, SynapseId id, String expected) {
    SynapseAccount account = connections.get(connection);
    SeenFile seen = look(account, id, expected);
    if (!seen.isFile()) {
      throw rejected(
          id + " (\"" + seen.name() + "\") is a " + seen.type() + "; expected " + expected);
    }
    return pin(account, seen);
  }

  private static SeenFile look(SynapseAccount account, SynapseId id, String expected) {
    account.user();
    try {
      return account.seen().look(id);
    } catch (PlatformException e) {
      if (e.status() == 404) {
        throw rejected(id + " does not exist, or lies in the trash; expected " + expected);
      }
      throw e;
    }
  }

  private static ManifestVersion pin(SynapseAccount account, SeenFile seen) {
    SynapseId id = seen.id();
    FileLook look = FileLook.at(seen.id(), account);
    FileRef file = look.file().orElseThrow(() -> refused(seen, look));
    if (file.sizeBytes() > MOST_BYTES) {
      throw rejected(id + " has " + file.sizeBytes() + " bytes; a manifest may have " + MOST_BYTES);
    }
    Optional<Long> newer =
        seen.latest()
            ? Optional.empty()
            : Optional.of(account.client().entity(id.entity()).path("versionNumber").asLong());
    return new ManifestVersion(
        seen.id(), file.name(), file.md5(), file.sizeBytes(), newer, Optional.empty());
  }

  /** What a pinned manifest holds. */
  ManifestContent read(String connection, ManifestVersion manifest, Runnable heartbeat) {
    if (manifest.view().isEmpty()) {
      return ManifestContent.of(bytes(connection, manifest));
    }
    return connections
        .get(connection)
        .views()
        .get(manifest, manifest.view().get().query(), heartbeat);
  }

  /** The bytes of a file, compared with its MD5. */
  byte[] bytes(String connection, ManifestVersion manifest) {
    SynapseAccount account = connections.get(connection);
    SeenFile seen = account.seen().get(manifest.id());
    FileLook look = FileLook.at(manifest.id(), account);
    FileRef file = look.file().orElseThrow(() -> refused(seen, look));
    URI url =
        downloads.urls(connection, List.of(file)).values().stream()
            .findFirst()
            .orElseThrow(() -> refused(seen, look));
    byte[] bytes = get(account, url, manifest.id());
    String md5 = Digests.md5(bytes);
    if (!file.md5().map(md5::equals).orElse(true)) {
      throw new PlatformException(
          FailureKind.CHECKSUM_MISMATCH,
          "the downloaded manifest "
              + file.id()
              + " has MD5 "
              + md5
              + ", Synapse states "
              + file.md5().orElse(""));
    }
    return bytes;
  }

  private static byte[] get(SynapseAccount account, URI url, SynapseId id) {
    Request request = new Request.Builder().url(HttpUrl.get(url.toString())).get().build();
    Call call = account.plain().newCall(request);
    call.timeout().timeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    try (Response response = call.execute()) {
      if (response.code() != 200) {
        throw unavailable(id, "HTTP " + response.code(), null);
      }
      BufferedSource source = response.body().source();
      if (source.request(MOST_BYTES + 1)) {
        throw rejected(id + " is longer than " + MOST_BYTES + " bytes");
      }
      return source.readByteArray();
    } catch (IOException e) {
      throw unavailable(id, e.getClass().getSimpleName(), e);
    }
  }

  private static PlatformException unavailable(
      SynapseId id, String what, @Nullable Throwable cause) {
    return new PlatformException(
        FailureKind.PLATFORM_UNAVAILABLE,
        "downloading the manifest " + id + " from Synapse's store failed: " + what,
        0,
        Optional.empty(),
        cause);
  }

  private static PlatformException refused(SeenFile seen, FileLook look) {
    boolean unreadable = seen.isFile() && (seen.handle().isEmpty() || seen.unmet());
    return new PlatformException(
        unreadable ? FailureKind.ACCESS_DENIED : FailureKind.INPUT_REJECTED,
        "the manifest " + look.problem());
  }

  private static PlatformException rejected(String message) {
    return new PlatformException(FailureKind.INPUT_REJECTED, message);
  }
}
