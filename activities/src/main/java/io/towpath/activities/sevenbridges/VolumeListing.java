package io.towpath.activities.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.samples.PlatformView.Listing;
import io.towpath.activities.samples.PlatformView.VolumeObject;
import io.towpath.workflows.failure.FailureKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import okhttp3.HttpUrl;

/**
 * What lies on a volume. The platform counts nothing here: a listing ends where no page follows.
 */
final class VolumeListing {
  private final SevenBridgesClient client;
  private final String volume;
  private final Runnable heartbeat;

  /**
   * @param heartbeat called before each call
   */
  VolumeListing(SevenBridgesClient client, String volume, Runnable heartbeat) {
    this.client = client;
    this.volume = volume;
    this.heartbeat = heartbeat;
  }

  /** The objects of one level whose locations begin with {@code prefix}; stops after some pages. */
  Listing list(String prefix, int mostPages) {
    List<VolumeObject> objects = new ArrayList<>();
    Map<String, String> next = new TreeMap<>();
    int pages = 0;
    do {
      if (pages == mostPages) {
        return new Listing(objects, pages, false);
      }
      heartbeat.run();
      JsonNode page = client.volumeList(volume, prefix, next);
      pages++;
      Page.items(page, FailureKind.PLATFORM_UNAVAILABLE).forEach(item -> objects.add(object(item)));
      next = next(page);
    } while (!next.isEmpty());
    return new Listing(objects, pages, true);
  }

  private static VolumeObject object(JsonNode item) {
    JsonNode size = item.path("metadata").path("size");
    JsonNode own = size.isMissingNode() ? item.path("size") : size;
    return new VolumeObject(
        item.path("location").asText(""),
        own.canConvertToLong() ? OptionalLong.of(own.asLong()) : OptionalLong.empty());
  }

  /** Only what the link says of the next page is used: its host need not be the platform's. */
  private static Map<String, String> next(JsonNode page) {
    Map<String, String> query = new TreeMap<>();
    for (JsonNode link : page.path("links")) {
      String text = link.path("next").asText("");
      if (!text.isEmpty()) {
        HttpUrl url = HttpUrl.parse(text);
        if (url == null) {
          throw new PlatformException(
              FailureKind.PLATFORM_UNAVAILABLE, "Seven Bridges linked a next page that is no URL");
        }
        for (String name : url.queryParameterNames()) {
          String value = url.queryParameter(name);
          if (value != null) {
            query.put(name, value);
          }
        }
      }
    }
    return query;
  }
}
