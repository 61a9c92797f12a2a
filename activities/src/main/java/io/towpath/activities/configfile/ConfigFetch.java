package io.towpath.activities.configfile;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.outside.OpenInternet;
import io.towpath.activities.store.S3Documents;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SynapseId;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.Response;

/** Gets the bytes behind an address. */
final class ConfigFetch {
  /** Longer files are refused. */
  static final int MOST_BYTES = 4 << 20;

  private static final String SYNAPSE = "syn://";
  private static final String S3 = "s3://";

  /** A commit in an address names its content: GitHub's raw files, and others like it. */
  private static final Pattern COMMIT = Pattern.compile("https://[^?#]+/[0-9a-f]{40}/[^?#]*");

  private final S3Documents documents;
  private final OpenInternet internet;
  private final ConfigSource synapse;

  ConfigFetch(S3Documents documents, OpenInternet internet, ConfigSource synapse) {
    this.documents = documents;
    this.internet = internet;
    this.synapse = synapse;
  }

  /** The address with its version, where the place has versions. */
  String pinned(String connection, String uri) {
    return uri.startsWith(SYNAPSE)
        ? SYNAPSE + synapse.pin(connection, new SynapseId(uri.substring(SYNAPSE.length())))
        : uri;
  }

  /** Whether what lies there may change under the same, pinned address. */
  boolean moves(String uri) {
    return !uri.startsWith(SYNAPSE) && !COMMIT.matcher(uri).matches();
  }

  byte[] get(String connection, String uri) {
    if (uri.startsWith(SYNAPSE)) {
      return synapse.read(connection, new SynapseId(uri.substring(SYNAPSE.length())));
    }
    return uri.startsWith(S3) ? object(new S3Uri(uri)) : page(uri);
  }

  private byte[] object(S3Uri uri) {
    try {
      return documents.read(uri, MOST_BYTES);
    } catch (PlatformException e) {
      if (e.status() != 404) {
        throw e;
      }
      throw rejected("there is nothing at " + uri + "; correct the address, or upload it");
    }
  }

  private byte[] page(String uri) {
    String shown = uri.replaceFirst("[?#].*$", "");
    try (Response response = internet.get(uri, 0, -1)) {
      if (response.code() >= 500 || response.code() == 429) {
        throw new PlatformException(
            FailureKind.PLATFORM_UNAVAILABLE, shown + " is answered by HTTP " + response.code());
      }
      if (response.code() != 200) {
        throw rejected(shown + " is answered by HTTP " + response.code() + "; expected a file");
      }
      if (response.body().source().request(MOST_BYTES + 1L)) {
        throw rejected(shown + " is longer than " + MOST_BYTES + " bytes");
      }
      return response.body().source().readByteArray();
    } catch (IOException e) {
      throw new PlatformException(
          FailureKind.PLATFORM_UNAVAILABLE,
          shown + " gave no answer: " + e.getClass().getSimpleName(),
          0,
          Optional.empty(),
          e);
    }
  }

  private static PlatformException rejected(String message) {
    return new PlatformException(FailureKind.INPUT_REJECTED, message);
  }
}
