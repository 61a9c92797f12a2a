package io.towpath.sandbox.s3;

import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Reply;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Knows which multipart uploads are open. S3Proxy takes and lists parts of any upload id; S3
 * answers 404 NoSuchUpload for one that was completed, aborted or never begun.
 */
final class Uploads {
  private static final Pattern ID = Pattern.compile("<UploadId>([^<]+)</UploadId>");

  private record Place(String bucket, String key) {}

  private final S3ObjectStore store;
  private final Map<String, Place> open = new ConcurrentHashMap<>();

  Uploads(S3ObjectStore store) {
    this.store = store;
  }

  /** The refusal of a call on parts of an upload that is not open. */
  Optional<Reply> refuse(Call call) {
    String id = call.query("uploadId").orElse("");
    Place place = place(call);
    if (!open.containsKey(id) && store.isOpen(place.bucket(), place.key(), id)) {
      open.put(id, place);
    }
    return place.equals(open.get(id))
        ? Optional.empty()
        : Optional.of(
            S3Errors.reply(
                404,
                "NoSuchUpload",
                "The specified upload does not exist. The upload ID may be invalid, or the upload"
                    + " may have been aborted or completed."));
  }

  void begun(Call call, String answer) {
    Matcher found = ID.matcher(answer);
    if (found.find()) {
      open.put(found.group(1), place(call));
    }
  }

  void ended(Call call) {
    call.query("uploadId").ifPresent(open::remove);
  }

  private static Place place(Call call) {
    return new Place(call.variable("bucket"), call.variable("key"));
  }
}
