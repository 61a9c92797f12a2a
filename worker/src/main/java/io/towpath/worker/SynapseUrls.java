package io.towpath.worker;

import io.towpath.activities.synapse.SynapseConnections;
import io.towpath.activities.synapse.SynapseDownloads;
import io.towpath.activities.transfer.SourceUrl;
import io.towpath.activities.transfer.SourceUrls;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Hands Synapse's signed URLs to the transfer engine, which knows no platform. */
final class SynapseUrls {
  /** How long a URL of Synapse lives (FileHandleManagerImpl, PRESIGNED_URL_EXPIRE_TIME_S). */
  private static final Duration LIFE = Duration.ofSeconds(30);

  private SynapseUrls() {}

  static SourceUrls of(SynapseConnections connections) {
    SynapseDownloads downloads = new SynapseDownloads(connections);
    return (connection, files) -> {
      Map<String, SourceUrl> urls = new HashMap<>();
      downloads
          .urls(connection, files)
          .forEach((id, uri) -> urls.put(id, new SourceUrl(uri, LIFE)));
      return urls;
    };
  }
}
