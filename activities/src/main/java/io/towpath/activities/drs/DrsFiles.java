package io.towpath.activities.drs;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.fanout.PageRunner;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.outside.FileUrl;
import io.towpath.activities.outside.OutsideLook;
import io.towpath.activities.outside.OutsidePlatform;
import io.towpath.activities.rows.RecentRows;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.SourceId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Objects that sheets name as {@code drs://…}, at the servers that the worker knows. A credential
 * goes to the server that it is for, and never to the host of a URL that a server answers.
 */
public final class DrsFiles implements OutsidePlatform {
  private static final int AT_ONCE = 8;
  private static final int MOST_KEPT = 20_000;
  private static final Duration KEPT = Duration.ofMinutes(10);

  private final DrsSites sites;
  private final PageRunner pages;
  private final RecentRows<String> accessIds = new RecentRows<>(String.class, MOST_KEPT, KEPT);

  public DrsFiles(DrsSites sites, PageRunner pages) {
    this.sites = sites;
    this.pages = pages;
  }

  @Override
  public List<OutsideLook> look(String connection, List<SourceId> ids, Runnable heartbeat) {
    DrsSite site = sites.get(connection);
    return pages.run(ids, AT_ONCE, id -> look(site, id), progress -> heartbeat.run());
  }

  private OutsideLook look(DrsSite site, SourceId id) {
    try {
      return object(site.holderOf(DrsUri.of(id.value())), id).look(id);
    } catch (PlatformException e) {
      if (e.kind().retryable()) {
        throw e;
      }
      return OutsideLook.wrong(id + " cannot be resolved: " + e.getMessage());
    }
  }

  /** A plain URL may be a signed one, so it is asked for anew each time. */
  @Override
  public FileUrl url(String connection, SourceId id) {
    DrsSite.Holder holder = sites.get(connection).holderOf(DrsUri.of(id.value()));
    Optional<String> known = accessIds.get(id.value());
    if (known.isPresent()) {
      return fileUrl(holder.server().access(holder.objectId(), known.get()));
    }
    DrsObject object = object(holder, id);
    return object
        .plainUrl()
        .or(() -> object.accessId().map(way -> holder.server().access(holder.objectId(), way)))
        .map(DrsFiles::fileUrl)
        .orElseThrow(() -> rejected("it names no URL to be read from"));
  }

  private DrsObject object(DrsSite.Holder holder, SourceId id) {
    DrsObject object =
        holder
            .server()
            .object(holder.objectId())
            .map(DrsObject::new)
            .orElseThrow(() -> missing(holder));
    if (object.plainUrl().isEmpty()) {
      object.accessId().ifPresent(way -> accessIds.put(id.value(), way));
    }
    return object;
  }

  private static PlatformException missing(DrsSite.Holder holder) {
    return rejected(
        "there is no object \"" + holder.objectId() + "\" at " + holder.server().name());
  }

  /** Headers are lines of {@code Name: value}. */
  private static FileUrl fileUrl(JsonNode access) {
    Map<String, String> headers = new TreeMap<>();
    for (JsonNode line : access.path("headers")) {
      String[] header = line.asText("").split(":", 2);
      if (header.length == 2
          && header[0].strip().matches("[A-Za-z0-9-]+")
          && header[1].strip().matches("[ -~]*")) {
        headers.put(header[0].strip(), header[1].strip());
      }
    }
    return new FileUrl(access.path("url").asText(""), headers);
  }

  private static PlatformException rejected(String message) {
    return new PlatformException(FailureKind.INPUT_REJECTED, message);
  }
}
