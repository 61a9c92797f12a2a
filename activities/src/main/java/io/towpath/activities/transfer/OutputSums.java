package io.towpath.activities.transfer;

import io.towpath.activities.fanout.PageProgress;
import io.towpath.activities.fanout.PageRunner;
import io.towpath.activities.store.S3Documents;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.transfer.OutputFile;
import io.towpath.workflows.transfer.SummedPages;
import io.towpath.workflows.transfer.TransferActivities.ChecksumPages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Gives pages of outputs their MD5s. A page that is written says of which page of outputs it is, so
 * that a repeated call reads no object again for it.
 */
final class OutputSums {
  private static final int AT_ONCE = 16;

  private final OutputChecksums checksums;
  private final S3Documents documents;
  private final PageRunner pages;
  private final Consumer<PageProgress> heartbeat;
  private long bytesRead;

  OutputSums(
      OutputChecksums checksums,
      S3Documents documents,
      PageRunner pages,
      Consumer<PageProgress> heartbeat) {
    this.checksums = checksums;
    this.documents = documents;
    this.pages = pages;
    this.heartbeat = heartbeat;
  }

  SummedPages sum(ChecksumPages request) {
    ManifestRef outputs = request.outputs();
    List<String> listed = documents.digests(outputs);
    List<String> made = new ArrayList<>();
    long files = 0;
    for (int page = request.first(); page < request.behind(); page++) {
      S3Uri target = ManifestRef.page(request.result(), page);
      String source = listed.get(page);
      Optional<String> before = documents.madeFrom(source, target);
      made.add(before.isPresent() ? before.get() : sum(outputs.page(page), source, target));
      files += outputs.rowsOf(page);
    }
    return new SummedPages(files, bytesRead, made);
  }

  private String sum(S3Uri page, String sha256, S3Uri target) {
    List<OutputChecksums.Checked> checked =
        pages.run(
            documents.readPage(page, sha256, OutputFile.class),
            AT_ONCE,
            checksums::check,
            heartbeat);
    OutputChecksums.refuseArchived(checked);
    bytesRead += checked.stream().mapToLong(OutputChecksums.Checked::bytesRead).sum();
    List<OutputFile> rows = checked.stream().map(OutputChecksums.Checked::file).toList();
    return documents.writePage(target, rows, sha256);
  }
}
