package io.towpath.activities.transfer;

import io.towpath.activities.fanout.PageProgress;
import io.towpath.activities.fanout.PageRunner;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.outside.OutsideFiles;
import io.towpath.activities.samplesheet.Placement;
import io.towpath.activities.store.S3Clients;
import io.towpath.activities.store.S3Documents;
import io.towpath.activities.submit.SubmitLedger;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.FileRef;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.transfer.StageLayout;
import io.towpath.workflows.transfer.StagePage;
import io.towpath.workflows.transfer.StagedFile;
import io.towpath.workflows.transfer.StagedPage;
import java.util.HashMap;
import java.util.LinkedHashSet;
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

  /** A staged file; {@code aside} where another object lies at its place. */
  private record Done(StagedFile file, Way way, boolean aside) {}

  private final S3Clients s3;
  private final S3Documents documents;
  private final SourceUrls urls;
  private final OutsideFiles outside;
  private final SubmitLedger ledger;
  private final PageRunner pages;
  private final ServerCopy inside;
  private final StreamCopy stream;

  Staging(
      S3Clients s3,
      SourceUrls urls,
      OutsideFiles outside,
      SubmitLedger ledger,
      PageRunner pages,
      StreamCopy stream) {
    this.s3 = s3;
    this.documents = new S3Documents(s3.repeating());
    this.urls = urls;
    this.outside = outside;
    this.ledger = ledger;
    this.pages = pages;
    this.inside = new ServerCopy(s3);
    this.stream = stream;
  }

  StagedPage stage(StagePage request, Consumer<PageProgress> heartbeat) {
    ledger.requireHeld(request.claim());
    List<FileRef> files = documents.readPage(request.files(), request.page(), FileRef.class);
    List<FileRef> distinct = List.copyOf(new LinkedHashSet<>(files));
    UrlPool pool =
        new UrlPool(
            urls,
            request.connection(),
            distinct.stream().filter(file -> file.id().synapse().isPresent()).toList());
    List<Done> done =
        pages.run(
            distinct,
            request.rules().maxParallel(),
            file -> stageOne(request, file, pool),
            heartbeat);
    return count(done, writeResult(request, files, distinct, done));
  }

  private Done stageOne(StagePage request, FileRef file, UrlPool pool) {
    try {
      S3Uri place = request.to().resolve(file.place());
      Optional<StoredObject> lying = StoredObject.find(s3.repeating(), place);
      boolean shared = StageLayout.shared(request.rules().layout());
      boolean aside = shared && lying.map(object -> !object.comesFrom(file)).orElse(false);
      if (aside) {
        place = request.to().resolve(Placement.marked(file.place(), file.id()));
        lying = StoredObject.find(s3.repeating(), place);
        refuseAnother(lying, file, place);
      }
      Optional<String> complete =
          lying
              .filter(object -> request.rules().reuseStaged() && object.is(file))
              .flatMap(StoredObject::notedMd5);
      if (complete.isPresent()) {
        return done(file, place, complete.get(), Way.REUSED, aside);
      }
      return move(request, file, new Target(place, lying.isEmpty(), shared), pool, aside);
    } finally {
      pool.done(file);
    }
  }

  private Done move(StagePage request, FileRef file, Target target, UrlPool pool, boolean aside) {
    if (request.rules().mode().equals("serverCopy")) {
      Optional<String> copied = inside.copy(file, target.uri());
      if (copied.isPresent()) {
        return done(file, target.uri(), copied.get(), Way.COPIED_IN_S3, aside);
      }
    }
    String md5 =
        stream.copy(
            request.claim(), file, target, () -> stretches(request.connection(), file, pool));
    return done(file, target.uri(), md5, Way.STREAMED, aside);
  }

  /** An object that a platform names is read as such; one of Synapse may be Synapse's own. */
  private Stretches stretches(String connection, FileRef file, UrlPool pool) {
    if (file.id().synapse().isPresent()) {
      return new SignedStretches(pool, file);
    }
    return file.bucket().isPresent() && file.key().isPresent()
        ? new ObjectStretches(s3.repeating(), S3Uri.of(file.bucket().get(), file.key().get()))
        : new OpenStretches(outside.bytes(connection, file));
  }

  private static void refuseAnother(Optional<StoredObject> lying, FileRef file, S3Uri place) {
    if (lying.map(object -> !object.comesFrom(file)).orElse(false)) {
      throw new PlatformException(
          FailureKind.INPUT_REJECTED,
          file.id()
              + " (\""
              + file.name()
              + "\") cannot be staged: other objects lie at its place and at "
              + place
              + "; they are not overwritten: name another stage.to, or remove them");
    }
  }

  private static Done done(FileRef file, S3Uri place, String md5, Way way, boolean aside) {
    return new Done(
        new StagedFile(file.id(), place, file.sizeBytes(), md5, way == Way.REUSED), way, aside);
  }

  /** One line for each line of the page that was read, so that both have the same page numbers. */
  private String writeResult(
      StagePage request, List<FileRef> files, List<FileRef> distinct, List<Done> done) {
    Map<FileRef, StagedFile> byFile = new HashMap<>();
    for (int i = 0; i < distinct.size(); i++) {
      byFile.put(distinct.get(i), done.get(i).file());
    }
    return documents.writePage(
        ManifestRef.page(request.result(), request.page()),
        files.stream().map(byFile::get).toList());
  }

  private static StagedPage count(List<Done> done, String sha256) {
    return new StagedPage(
        done.size(),
        done.stream().mapToLong(one -> one.file().sizeBytes()).sum(),
        done.stream().filter(one -> one.way() == Way.REUSED).count(),
        done.stream().filter(one -> one.way() == Way.COPIED_IN_S3).count(),
        done.stream().filter(Done::aside).count(),
        sha256);
  }
}
