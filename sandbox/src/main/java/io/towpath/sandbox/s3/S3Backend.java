package io.towpath.sandbox.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.gaul.s3proxy.AccessGrant;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** The real S3 server, S3Proxy over a folder, on a loopback port that only the sandbox uses. */
final class S3Backend implements AutoCloseable {
  private final BlobStore blobs;
  private final S3Proxy proxy;

  /** Starts a server that takes signatures of any of these keys. */
  S3Backend(Path folder, List<S3Keys> keys) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create " + folder, e);
    }
    blobs = new WholeListings(new FilesystemNio2BlobStore(folder.toString()));
    S3Keys first = keys.get(0);
    proxy =
        S3Proxy.builder()
            .blobStore(blobs)
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, first.accessKeyId(), first.secret())
            .ignoreUnknownHeaders(true)
            .stopTimeout(0)
            .build();
    Map<String, S3Keys> known =
        keys.stream().collect(Collectors.toMap(S3Keys::accessKeyId, Function.identity()));
    proxy.setBlobStoreLocator(
        (identity, bucket, key) -> {
          S3Keys found = identity == null ? null : known.get(identity);
          return found == null ? null : new AccessGrant(found.secret(), blobs);
        });
    try {
      proxy.start();
    } catch (Exception e) {
      throw new IllegalStateException("cannot start S3Proxy", e);
    }
  }

  /** What it serves. */
  BlobStore blobs() {
    return blobs;
  }

  int port() {
    return proxy.getPort();
  }

  @Override
  public void close() {
    try {
      proxy.stop();
    } catch (Exception e) {
      throw new IllegalStateException("cannot stop S3Proxy", e);
    }
  }
}
