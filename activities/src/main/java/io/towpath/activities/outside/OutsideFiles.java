package io.towpath.activities.outside;

import io.towpath.activities.fanout.PageRunner;
import io.towpath.workflows.model.FileRef;
import io.towpath.workflows.model.SourceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/** Files that cells name outside Synapse: behind {@code https://}, or on a platform. */
public final class OutsideFiles {
  static final int AT_ONCE = 4;

  private final OpenInternet internet;
  private final Addresses addresses;
  private final PageRunner pages;
  private final Map<String, PlatformFiles> platforms = new HashMap<>();

  /**
   * @param s3 reads objects that platforms name
   * @param platforms by the scheme of their files, such as {@code sbg}
   */
  public OutsideFiles(
      OpenInternet internet,
      S3Client s3,
      PageRunner pages,
      Map<String, OutsidePlatform> platforms) {
    this.internet = internet;
    this.addresses = new Addresses(internet);
    this.pages = pages;
    platforms.forEach(
        (scheme, one) ->
            this.platforms.put(scheme, new PlatformFiles(one, new Probe(internet, s3), pages)));
  }

  /**
   * What each file is now, in the order asked. Silence is a failure that is tried again; a refusal
   * is a problem. What a platform said of a file is kept for some minutes.
   *
   * @param connection name of the connection on the worker
   */
  public List<OutsideLook> look(String connection, List<SourceId> ids, Runnable heartbeat) {
    Map<String, List<SourceId>> byScheme = new TreeMap<>();
    ids.forEach(id -> byScheme.computeIfAbsent(id.scheme(), some -> new ArrayList<>()).add(id));
    Map<SourceId, OutsideLook> looks = new HashMap<>();
    byScheme.forEach(
        (scheme, some) -> {
          @Nullable PlatformFiles platform = platforms.get(scheme);
          List<OutsideLook> seen =
              platform == null
                  ? pages.run(some, AT_ONCE, addresses::look, progress -> heartbeat.run())
                  : platform.look(connection, some, heartbeat);
          for (int i = 0; i < some.size(); i++) {
            looks.put(some.get(i), seen.get(i));
          }
        });
    return ids.stream().map(id -> Objects.requireNonNull(looks.get(id))).toList();
  }

  /** The bytes of a file that was looked at. */
  public OutsideBytes bytes(String connection, FileRef file) {
    return new OutsideBytes(
        internet,
        file,
        Optional.ofNullable(platforms.get(file.id().scheme()))
            .map(platform -> () -> platform.url(connection, file.id())));
  }
}
