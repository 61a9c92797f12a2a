package io.towpath.sandbox.s3;

import io.towpath.sandbox.http.PlatformServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** The sandbox's S3: S3Proxy on an inner port and, on another, the front that clients use. */
public final class SandboxS3 implements AutoCloseable {
  /**
   * How one S3 is set up.
   *
   * @param folder where objects lie
   * @param user whom the environment file names
   * @param session what platforms hand out as temporary credentials
   * @param internal the stand-ins' own key, unknown to the front
   * @param protectedBuckets buckets of other platforms' own accounts
   * @param port 0 for any free one
   */
  public record Settings(
      Path folder,
      String region,
      S3Keys user,
      S3Keys session,
      S3Keys internal,
      Set<String> protectedBuckets,
      InstantSource clock,
      int port) {}

  private final S3Backend backend;
  private final S3ObjectStore store;
  private final Forwarder forwarder;
  private final PlatformServer front;
  private final PresignedLinks links;

  public SandboxS3(Settings settings, PlatformServer.Watch watch) {
    backend =
        new S3Backend(
            settings.folder(), List.of(settings.user(), settings.session(), settings.internal()));
    store = new S3ObjectStore(backend.blobs());
    forwarder = new Forwarder(backend.port());
    S3Access access =
        new S3Access(settings.internal(), settings.session(), settings.protectedBuckets());
    front =
        new PlatformServer(
            new S3Platform(forwarder, store, new HiddenKeys(settings.clock()), access),
            watch,
            settings.port());
    links = new PresignedLinks(front.uri(), settings.session(), settings.region());
  }

  /** Makes URLs that platforms hand out for downloads, also from their own buckets. */
  public S3Links links() {
    return links;
  }

  /** Where clients find S3. */
  public URI uri() {
    return front.uri();
  }

  public ObjectStore store() {
    return store;
  }

  @Override
  public void close() {
    links.close();
    front.close();
    try {
      forwarder.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    backend.close();
  }
}
