package io.towpath.activities.transfer;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.rows.Fingerprints;
import io.towpath.activities.store.S3Documents;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.transfer.OutputFile;
import io.towpath.workflows.transfer.TransferActivities.PlaceOutputs;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Names outputs by where they lie, page by page; of all objects a fingerprint is in memory. */
final class PlacedOutputs {
  private final S3Documents documents;
  private final Consumer<Object> heartbeat;
  private final Fingerprints places = new Fingerprints();

  /**
   * @param heartbeat told the number of each page that is done
   */
  PlacedOutputs(S3Documents documents, Consumer<Object> heartbeat) {
    this.documents = documents;
    this.heartbeat = heartbeat;
  }

  ManifestRef place(PlaceOutputs request) {
    S3Uri below = request.below().asFolder();
    List<String> digests = new ArrayList<>();
    documents.forEachPage(
        request.outputs(),
        OutputFile.class,
        page -> {
          List<OutputFile> placed =
              page.stream()
                  .filter(file -> file.sizeBytes() > 0 && places.add(file.uri().value()))
                  .map(file -> placed(file, below))
                  .toList();
          digests.add(
              documents.writePage(ManifestRef.page(request.result(), digests.size()), placed));
          heartbeat.accept(digests.size());
        });
    return request.outputs().made(request.result(), digests);
  }

  private static OutputFile placed(OutputFile file, S3Uri below) {
    String place = file.uri().value();
    if (!place.startsWith(below.value())) {
      throw new PlatformException(
          FailureKind.INPUT_REJECTED, place + " does not lie below " + below);
    }
    return new OutputFile(
        file.uri(),
        place.substring(below.value().length()),
        file.sizeBytes(),
        file.etag(),
        file.md5());
  }
}
