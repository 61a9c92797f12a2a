package io.towpath.sandbox.synapse;

import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.Route;
import io.towpath.sandbox.s3.ObjectStore.Stored;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The S3 side of presigned URLs: ranged downloads, part uploads, nothing else. */
final class PresignedRoutes {
  static final String PREFIX = "/presigned/";
  private static final String TEMPLATE = PREFIX + "{bucket}/{key+}";
  private final Realm realm;

  PresignedRoutes(Realm realm) {
    this.realm = realm;
  }

  List<Route> routes() {
    return List.of(
        Route.reading("GET", TEMPLATE, this::get).labelled("GET presigned").withoutCredentials(),
        Route.reading("HEAD", TEMPLATE, call -> denied("SignatureDoesNotMatch", NOT_SIGNED))
            .labelled("HEAD presigned")
            .withoutCredentials(),
        Route.mutating("PUT", TEMPLATE, this::put)
            .labelled("PUT presigned")
            .withoutCredentials()
            .withStreamedBody());
  }

  private static final String NOT_SIGNED =
      "The request signature we calculated does not match the signature you provided.";

  private static FileHandle.S3Object object(Call call) {
    return new FileHandle.S3Object(call.variable("bucket"), call.variable("key"));
  }

  private Optional<Reply> refusal(String method, Call call) {
    return switch (realm.presigner.check(method, object(call), call)) {
      case GOOD -> Optional.empty();
      case EXPIRED -> Optional.of(denied("AccessDenied", "Request has expired"));
      case FORGED -> Optional.of(denied("SignatureDoesNotMatch", NOT_SIGNED));
    };
  }

  private Reply get(Call call) throws IOException {
    Optional<Reply> refusal = refusal("GET", call);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    FileHandle.S3Object object = object(call);
    if (isArchived(object)) {
      return denied(
          "InvalidObjectState", "The operation is not valid for the object's storage class");
    }
    Optional<Stored> found = realm.store.head(object.bucket(), object.key());
    if (found.isEmpty()) {
      return error(404, "NoSuchKey", "The specified key does not exist.");
    }
    return download(call, object, found.get());
  }

  private boolean isArchived(FileHandle.S3Object object) {
    synchronized (realm) {
      return realm.handles.isArchived(object);
    }
  }

  private Reply download(Call call, FileHandle.S3Object object, Stored stored) throws IOException {
    Optional<ByteRange> range = ByteRange.of(call.header("range"), stored.size());
    if (range.isPresent() && range.get().isUnsatisfiable()) {
      return error(416, "InvalidRange", "The requested range is not satisfiable")
          .with("Content-Range", "bytes */" + stored.size());
    }
    ByteRange part = range.orElse(new ByteRange(0, stored.size() - 1));
    InputStream body =
        stored.size() == 0
            ? InputStream.nullInputStream()
            : realm.store.open(object.bucket(), object.key(), part.first(), part.last());
    Reply reply =
        Reply.stream(
                range.isPresent() ? 206 : 200,
                call.query("response-content-type").orElse(stored.contentType()),
                body,
                part.length())
            .with("ETag", '"' + stored.etag() + '"')
            .with("Accept-Ranges", "bytes");
    if (range.isPresent()) {
      reply = reply.with("Content-Range", part.contentRange(stored.size()));
    }
    Optional<String> disposition = call.query("response-content-disposition");
    return disposition.isPresent() ? reply.with("Content-Disposition", disposition.get()) : reply;
  }

  private Reply put(Call call) throws IOException {
    Optional<Reply> refusal = refusal("PUT", call);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    FileHandle.S3Object object = object(call);
    int slash = object.key().lastIndexOf('/');
    int part = Integer.parseInt(object.key().substring(slash + 1));
    Upload upload;
    synchronized (realm) {
      upload = realm.uploads.ofPartKey(object).orElseThrow();
    }
    Path file = Files.createTempFile(realm.settings.scratch(), "part-", ".bin");
    String md5;
    try (InputStream bytes = source(upload, part, call)) {
      md5 = Md5.copy(bytes, file);
    }
    synchronized (realm) {
      Upload.Part before = upload.uploaded.put(part, new Upload.Part(file, md5));
      if (before != null && !upload.added.containsValue(before)) {
        Files.deleteIfExists(before.file());
      }
    }
    return stored(upload, md5).changed("part", upload.id + "/" + part, object.key());
  }

  private InputStream source(Upload upload, int part, Call call) throws IOException {
    if (upload.plan.source().isEmpty()) {
      return call.stream();
    }
    FileHandle.S3Object from = upload.plan.source().get();
    return realm.store.open(
        from.bucket(), from.key(), upload.plan.firstByte(part), upload.plan.lastByte(part));
  }

  private static Reply stored(Upload upload, String md5) {
    String quoted = '"' + md5 + '"';
    if (upload.plan.source().isEmpty()) {
      return Reply.empty(200).with("ETag", quoted);
    }
    return Reply.text(
        200,
        "application/xml",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<CopyPartResult"
            + " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><ETag>&quot;"
            + md5
            + "&quot;</ETag></CopyPartResult>");
  }

  private static Reply denied(String code, String message) {
    return error(403, code, message);
  }

  private static Reply error(int status, String code, String message) {
    return Reply.text(
        status,
        "application/xml",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>"
            + code
            + "</Code><Message>"
            + message
            + "</Message></Error>");
  }
}
