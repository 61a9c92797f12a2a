package io.towpath.activities.outside;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.model.FileRef;
import io.towpath.workflows.model.SourceId;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import okhttp3.Response;

/** Looks at files behind {@code https://} without getting them: the first byte is asked for. */
public final class Addresses {
  private final OpenInternet internet;

  public Addresses(OpenInternet internet) {
    this.internet = internet;
  }

  /** What is there now. Silence is a failure that is tried again; a refusal is a problem. */
  public OutsideLook look(SourceId address) {
    try (Response answer = internet.get(address.value(), 0, 0)) {
      return judged(address, FirstByte.of(address, answer));
    } catch (PlatformException e) {
      if (e.kind().retryable()) {
        throw e;
      }
      return OutsideLook.unfetched(address, e);
    } catch (IOException e) {
      throw FirstByte.silence(address, e.getClass().getSimpleName());
    }
  }

  private static OutsideLook judged(SourceId address, FirstByte first) {
    String name = name(address);
    if (!first.problem().isEmpty() || name.isEmpty()) {
      return OutsideLook.wrong(
          first.problem().isEmpty()
              ? address + " ends in no file name; expected https://host/path/name"
              : first.problem());
    }
    FileRef file =
        new FileRef(
            address,
            name,
            "",
            first.version(),
            first.sizeBytes(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return new OutsideLook(Optional.of(file), "", unversioned(file));
  }

  /** Warns of a file that nothing tells from another version. */
  static List<String> unversioned(FileRef file) {
    return file.handle().isEmpty()
        ? List.of(file.id() + " tells no version (ETag or date), so it is fetched every time")
        : List.of();
  }

  /** The last part of the path, decoded. */
  private static String name(SourceId address) {
    String path = address.toString().replaceFirst("^https://[^/]*", "");
    String last = path.substring(path.lastIndexOf('/') + 1);
    try {
      return URLDecoder.decode(last.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return last;
    }
  }
}
