package io.towpath.activities.outside;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.model.FileRef;
import io.towpath.workflows.model.S3Uri;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import okhttp3.Response;
import software.amazon.awssdk.services.s3.S3Client;

/** Whether what a platform says of a file is so, tried where its bytes lie. */
final class Probe {
  private final OpenInternet internet;
  private final S3Client s3;

  Probe(OpenInternet internet, S3Client s3) {
    this.internet = internet;
    this.s3 = s3;
  }

  /**
   * The look at a file: as an object that the worker may read itself where the platform names one,
   * else by its first byte. The id of an object is taken for its version.
   *
   * @param url asks the platform for a URL
   */
  OutsideLook checked(FileRef file, Supplier<FileUrl> url) {
    if (file.bucket().isEmpty()) {
      return signed(file, url);
    }
    OutsideLook inPlace = inPlace(file);
    if (inPlace.problem().isEmpty()) {
      return inPlace;
    }
    OutsideLook signed = signed(file, url);
    return signed.problem().isEmpty()
        ? signed
        : OutsideLook.wrong(signed.problem() + "; " + inPlace.problem());
  }

  private OutsideLook inPlace(FileRef file) {
    S3Uri object = S3Uri.of(file.bucket().orElseThrow(), file.key().orElseThrow());
    OutsideLook look = new ObjectsInPlace(s3).look(object, OptionalLong.of(file.sizeBytes()));
    String closed = look.problem().isEmpty() ? String.join("; ", look.warnings()) : look.problem();
    return closed.isEmpty()
        ? OutsideLook.of(read(file, file.id().value(), file.bucket(), file.key()))
        : OutsideLook.wrong(file.id() + " cannot be fetched: " + closed);
  }

  private OutsideLook signed(FileRef file, Supplier<FileUrl> url) {
    try {
      FileUrl given = url.get();
      Optional<S3Uri> object = given.object();
      return object.isPresent()
          ? inPlace(read(file, "", object.map(S3Uri::bucket), object.map(S3Uri::key)))
          : byFirstByte(file, given);
    } catch (PlatformException e) {
      if (e.kind().retryable()) {
        throw e;
      }
      return OutsideLook.unfetched(file.id(), e);
    }
  }

  private OutsideLook byFirstByte(FileRef file, FileUrl url) {
    try (Response answer = internet.get(url, 0, 0)) {
      FirstByte first = FirstByte.of(file.id(), answer);
      if (!first.problem().isEmpty()) {
        return OutsideLook.wrong(first.problem());
      }
      if (first.sizeBytes() != file.sizeBytes()) {
        return OutsideLook.wrong(
            file.id()
                + " has "
                + first.sizeBytes()
                + " bytes where its platform states "
                + file.sizeBytes()
                + "; its bytes were changed behind the platform's back");
      }
      FileRef read = read(file, first.version(), Optional.empty(), Optional.empty());
      return new OutsideLook(Optional.of(read), "", Addresses.unversioned(read));
    } catch (IOException e) {
      throw FirstByte.silence(file.id(), e.getClass().getSimpleName());
    }
  }

  private static FileRef read(
      FileRef file, String version, Optional<String> bucket, Optional<String> key) {
    return new FileRef(
        file.id(), file.name(), file.place(), version, file.sizeBytes(), file.md5(), bucket, key);
  }
}
