package io.towpath.activities.samplesheet;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.store.Digests;
import io.towpath.activities.store.S3Documents;
import io.towpath.activities.store.S3Upload;
import io.towpath.activities.submit.SubmitLedger;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.FileRef;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.samplesheet.ChainRules;
import io.towpath.workflows.samplesheet.SampleSheetActivities;
import io.towpath.workflows.samplesheet.SheetRules;
import io.towpath.workflows.transfer.StageLayout;
import io.towpath.workflows.transfer.StagedFile;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;

/** Rewrites, shapes and checks sheets that lie in S3, and tries that out before they do. */
public final class SampleSheetActivitiesImpl implements SampleSheetActivities {
  /** As long as a manifest may be. */
  private static final int MOST_BYTES = 64 << 20;

  private final S3Client s3;
  private final S3Documents documents;
  private final SubmitLedger ledger;
  private final ManifestSource manifests;
  private final SchemaSource schemas;

  public SampleSheetActivitiesImpl(
      S3Client s3, SubmitLedger ledger, ManifestSource manifests, SchemaSource schemas) {
    this.s3 = s3;
    this.documents = new S3Documents(s3);
    this.ledger = ledger;
    this.manifests = manifests;
    this.schemas = schemas;
  }

  @Override
  public PreparedSheet prepare(PrepareSheet request) {
    byte[] stored = documents.read(request.sheet(), request.sha256());
    Sheet sheet = Sheet.of(stored, request.sheet().key(), request.rules());
    StagedPlaces staged = new StagedPlaces();
    documents.forEach(request.staged(), StagedFile.class, staged::add);
    SheetColumns columns = SheetColumns.of(sheet, request.rules());
    StagedCells cells = new StagedCells(staged, columns, true);
    Preparation preparation = new Preparation(request.prepare(), schemas);
    if (request.prepare().activity().isEmpty()) {
      preparation.withSchemas(Map.of());
    }
    String sha256;
    try (S3Upload out = upload(request.prepared())) {
      if (request.prepare().shapes()) {
        preparation.shape(sheet, cells, out);
      } else {
        sheet.rewrite(cells::replacement, out);
        if (preparation.hasSchema()) {
          preparation.check(sheet, new StagedCells(staged, columns, true));
        }
      }
      preparation.requireRight("the prepared sheet");
      ledger.requireHeld(request.claim());
      sha256 = out.complete();
    }
    return new PreparedSheet(
        request.prepared(),
        sha256,
        request.prepare().shapes() ? preparation.rows() : sheet.rows(),
        cells.replaced(),
        preparation.schemaSha256());
  }

  private S3Upload upload(S3Uri sheet) {
    return documents.upload(sheet, contentType(sheet.key()));
  }

  @Override
  public List<Problem> inspectPreparation(InspectPreparation request) {
    Preparation preparation = new Preparation(request.prepare(), schemas);
    preparation.withSchemas(request.params());
    StagedPlaces places = new StagedPlaces();
    Sheet sheet =
        manifests.look(
            new ManifestSource.Wanted(
                request.connection(),
                request.manifest(),
                request.rules(),
                request.layout(),
                request.mostLooks()),
            file -> places.add(planned(file, request.layout())));
    if (!sheet.problems().isEmpty()) {
      preparation.checkRules();
      return preparation.problems();
    }
    StagedCells cells = new StagedCells(places, SheetColumns.of(sheet, request.rules()), false);
    if (request.prepare().activity().isPresent()) {
      preparation.withoutSheetSchema();
    }
    if (request.prepare().shapes()) {
      preparation.shape(sheet, cells, OutputStream.nullOutputStream());
    } else {
      preparation.check(sheet, cells);
    }
    return preparation.problems();
  }

  private static StagedFile planned(FileRef file, StageLayout layout) {
    S3Uri place = layout.to().resolve(file.place());
    return new StagedFile(file.id(), place, file.sizeBytes(), "", false);
  }

  @Override
  public PreparedSheet chain(ChainSheet request) {
    ChainedSheet chained = new ChainedSheet(documents, s3, request);
    Preparation preparation =
        new Preparation(request.rules().shape(), request.rules().place(), schemas);
    Sheet sheet = chained.read();
    sheet.problems().forEach(problem -> preparation.add(problem.place(), problem.text()));
    String sha256;
    try (S3Upload out = upload(request.sheet())) {
      if (sheet.problems().isEmpty()) {
        preparation.shape(sheet, StagedCells.none(), out);
        chained
            .requireExpected(preparation.rows())
            .ifPresent(why -> preparation.add(request.rules().place(), why));
      }
      preparation.requireRight("what " + request.rules().from() + " stands for");
      ledger.requireHeld(request.claim());
      sha256 = out.complete();
    }
    return new PreparedSheet(request.sheet(), sha256, preparation.rows(), 0, Optional.empty());
  }

  @Override
  public PreparedSheet compare(PreparedSheet sheet) {
    documents.requireSame(sheet.uri(), sheet.sha256());
    return sheet;
  }

  @Override
  public List<Problem> inspectChains(List<ChainRules> rules) {
    List<Problem> problems = new ArrayList<>();
    for (ChainRules chain : rules) {
      Preparation preparation = new Preparation(chain.shape(), chain.place(), schemas);
      preparation.checkRules();
      problems.addAll(preparation.problems());
    }
    return problems;
  }

  @Override
  public PreparedSheet check(CheckSheet request) {
    byte[] bytes = documents.read(request.uri(), MOST_BYTES);
    String sha256 = Digests.sha256(bytes);
    if (!sha256.equalsIgnoreCase(request.sha256())) {
      throw new PlatformException(
          FailureKind.INPUT_REJECTED,
          request.uri()
              + " has SHA-256 "
              + sha256
              + ", the activity returned "
              + Shortened.of(request.sha256())
              + "; write the sheet first, then return the digest of its bytes");
    }
    SheetRules rules = new SheetRules(request.format(), List.of());
    Sheet sheet = Sheet.of(bytes, request.uri().key(), rules);
    Preparation preparation = new Preparation(request.prepare(), schemas).withSchemas(Map.of());
    sheet.problems().forEach(problem -> preparation.add(problem.place(), problem.text()));
    preparation.check(sheet, StagedCells.none());
    preparation.requireRight("the sheet " + request.uri());
    return new PreparedSheet(request.uri(), sha256, sheet.rows(), 0, preparation.schemaSha256());
  }

  private static String contentType(String key) {
    String extension = key.substring(key.lastIndexOf('.') + 1);
    return Optional.ofNullable(
            Map.of(
                    "tsv", "text/tab-separated-values",
                    "json", "application/json",
                    "yaml", "application/yaml")
                .get(extension))
        .orElse("text/csv");
  }
}
