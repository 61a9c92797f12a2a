package io.towpath.activities.drs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.activities.http.ApiAccount;
import io.towpath.activities.http.ApiClient;
import io.towpath.activities.http.PlatformException;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/**
 * The endpoints of Gen3 indexd that Towpath uses.
 *
 * @see <a href="https://github.com/uc-cdis/indexd">indexd 6.4.0</a>
 */
final class IndexdClient {
  private final HttpUrl base;
  private final ApiClient reads;
  private final ApiClient writes;

  /**
   * @param open account without a credential, for reading
   * @param account the same with the credential, for writing
   */
  IndexdClient(OkHttpClient http, ApiAccount open, ApiAccount account) {
    this.base = account.base();
    this.reads = new ApiClient(http, "indexd", open);
    this.writes = new ApiClient(http, "indexd", account);
  }

  /** {@code GET /_version} */
  String version() {
    return reads.get(url("_version")).path("version").asText("");
  }

  /** {@code GET /guid/prefix}: what the server puts before dids that it makes; may be empty. */
  String prefix() {
    return reads.get(url("guid/prefix")).path("prefix").asText("");
  }

  /** {@code GET /index/{did}}; slashes of a did go as they are. */
  Optional<JsonNode> record(String did) {
    try {
      return Optional.of(reads.get(url("index/" + did)));
    } catch (PlatformException e) {
      if (e.status() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** {@code POST /index/} under the did that the record brings; 409 when it is taken. */
  void add(ObjectNode record) {
    writes.post(url("index/"), record);
  }

  private HttpUrl url(String path) {
    return base.newBuilder().addPathSegments(path).build();
  }
}
