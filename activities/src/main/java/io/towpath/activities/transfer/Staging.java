package io.towpath.activities.transfer;

import io.towpath.activities.fanout.PageProgress;
import io.towpath.activities.fanout.PageRunner;
import io.towpath.activities.store.S3Clients;
import io.towpath.activities.store.S3Documents;
import io.towpath.activities.submit.SubmitLedger;
import io.towpath.workflows.model.FileRef;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.transfer.StagePage;
import io.towpath.workflows.transfer.StagedFile;
import io.towpath.workflows.transfer.StagedPage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Stages the files of one page: kept where they lie, else copied inside S3, else streamed. */
final class Staging {
  /** How a file came to its place. */
  private enum Way {
    REUSED,
    COPIED_IN_S3,
    STREAMED
  }

  private record Done(StagedFile file, Way way) {}

  private final S3Clients s3;
  private final S3Documents documents;
  private final SourceUrls urls;
  private final SubmitLedger ledger;
  private final PageRunner pages;
  private final ServerCopy inside;
  private final StreamCopy stream;

  Staging(
      S3Clients s3,
      S3Documents documents,
      SourceUrls urls,
      SubmitLedger ledger,
      PageRunner pages,
      StreamCopy stream) {
    this.s3 = s3;
    this.documents = documents;
    this.urls = urls;
    this.ledger = ledger;
    this.pages = pages;
    this.inside = new ServerCopy(s3);
    this.stream = stream;
  }

  StagedPage stage(StagePage request, Consumer<PageProgress> heartbeat) {
    ledger.requireHeld(request.claim());
    List<FileRef> files = documents.readPage(request.files().page(request.page()), FileRef.class);
    Map<FileRef, S3Uri> places = StagedKeys.place(files, request.to(), request.rules().layout());
    List<FileRef> distinct = new ArrayList<>(places.keySet());
    UrlPool pool = new UrlPool(urls, request.connection(), distinct);
    List<Done> done =
        pages.run(
            distinct,
            request.rules().maxParallel(),
            file -> stageOne(request, file, places.getOrDefault(file, request.to()), pool),
            heartbeat);
    writeResult(request, files, distinct, done);
    return count(done);
  }

  private Done stageOne(StagePage request, FileRef file, S3Uri place, UrlPool pool) {
    try {
      if (request.rules().reuseStaged()) {
        Optional<String> lying =
            StoredObject.find(s3.repeating(), place)
                .filter(object -> object.is(file))
                .flatMap(StoredObject::notedMd5);
        if (lying.isPresent()) {
          return done(file, place, lying.get(), Way.REUSED);
        }
      }
      if (request.rules().mode().equals("serverCopy")) {
        Optional<String> copied = inside.copy(file, place);
        if (copied.isPresent()) {
          return done(file, place, copied.get(), Way.COPIED_IN_S3);
        }
      }
      return done(file, place, stream.copy(request.claim(), file, place, pool), Way.STREAMED);
    } finally {
      pool.done(file);
    }
  }

  private static Done done(FileRef file, S3Uri place, String md5, Way way) {
    return new Done(
        new StagedFile(file.id(), place, file.sizeBytes(), md5, way == Way.REUSED), way);
  }

  /** One line for each line of the page that was read, so that both have the same page numbers. */
  private void writeResult(
      StagePage request, List<FileRef> files, List<FileRef> distinct, List<Done> done) {
    Map<FileRef, StagedFile> byFile = new HashMap<>();
    for (int i = 0; i < distinct.size(); i++) {
      byFile.put(distinct.get(i), done.get(i).file());
    }
    documents.writePage(
        S3Documents.page(request.result(), request.page()),
        files.stream().map(byFile::get).toList());
  }

  private static StagedPage count(List<Done> done) {
    return new StagedPage(
        done.size(),
        done.stream().mapToLong(one -> one.file().sizeBytes()).sum(),
        done.stream().filter(one -> one.way() == Way.REUSED).count(),
        done.stream().filter(one -> one.way() == Way.COPIED_IN_S3).count());
  }
}
