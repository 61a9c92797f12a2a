package io.towpath.activities.samples;

import io.towpath.activities.samples.PlannedFiles.Planned;
import io.towpath.activities.samples.SheetPlan.PlannedSample;
import io.towpath.activities.samplesheet.ProblemList;
import io.towpath.activities.store.Digests;
import io.towpath.activities.store.PageWriter;
import io.towpath.activities.store.S3Clients;
import io.towpath.activities.store.S3Documents;
import io.towpath.activities.submit.SubmitLedger;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.samples.Sample;
import io.towpath.workflows.samples.SampleActivities;
import io.towpath.workflows.samples.SampleRules;
import io.towpath.workflows.samples.SampleTarget;
import io.towpath.workflows.samples.SheetVersion;
import io.towpath.workflows.samples.TaskInputs;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads sample sheets, tries them out, and makes of them what the platform gets. */
public final class SampleActivitiesImpl implements SampleActivities {
  private final S3Documents documents;
  private final SubmitLedger ledger;
  private final Sheets sheets;
  private final PlatformView platform;

  /**
   * @param synapse gives sheets that lie in Synapse
   * @param platform shows what sheets are checked against
   */
  public SampleActivitiesImpl(
      S3Clients s3, SubmitLedger ledger, SheetSource synapse, PlatformView platform) {
    this.documents = new S3Documents(s3.repeating());
    this.ledger = ledger;
    this.sheets = new Sheets(documents, synapse);
    this.platform = platform;
  }

  @Override
  public SheetVersion pin(String connection, String uri) {
    return sheets.pin(connection, uri);
  }

  @Override
  public SamplesSeen inspect(SheetVersion sheet, SampleRules rules, SampleTarget target) {
    return new SampleInspection(platform, rules, target).of(sheets.read(sheet), sheet.name());
  }

  @Override
  public StoredSamples store(
      Claim claim, SheetVersion sheet, SampleRules rules, SampleTarget target, S3Uri work) {
    ProblemList problems = new ProblemList();
    SheetPlan plan =
        SheetPlan.of(
            GroupedSheet.of(sheets.read(sheet), sheet.name(), rules, problems),
            rules,
            target,
            new Expressions(problems));
    problems.requireNone("the sheet " + sheet.uri());
    ledger.requireHeld(claim);
    PageWriter files = documents.writer(work.resolve("files/"), plan.files().size());
    for (Planned file : plan.files()) {
      files.add(file.file(), 0);
    }
    PageWriter samples = documents.writer(work.resolve("samples/"), plan.samples().size());
    for (PlannedSample sample : plan.samples()) {
      SampleRows own = sample.rows();
      samples.add(new Sample(own.id(), own.values(), sample.files()), 0);
    }
    return new StoredSamples(files.finish(), samples.finish());
  }

  @Override
  public ManifestRef makeInputs(MakeInputs request) {
    ProblemList problems = new ProblemList();
    Expressions expressions = new Expressions(problems);
    AppCheck app = appCheck(request, problems);
    app.checkNames(request.rules().inputs().keySet(), "tasks.inputs");
    InputRules inputs = new InputRules(request.rules(), expressions, app);
    Addresses addresses = Addresses.of(request.rules(), expressions);
    Function<Sample, List<List<String>>> asked =
        inputs.asksForAddresses() ? sample -> addresses.ofAll(sample) : sample -> List.of();
    PageWriter made = write(request, asked, inputs::of);
    problems.requireNone("tasks.inputs");
    return made.finish();
  }

  @Override
  public ForeignDocument describeSamples(MakeInputs request) {
    byte[] described = ForeignInputs.describe(new ImportedSamples(documents, request));
    ledger.requireHeld(request.claim());
    S3Uri uri = request.result().resolve("samples.json");
    documents.write(uri, "application/json", described);
    return new ForeignDocument(uri, Digests.sha256(described));
  }

  @Override
  public ManifestRef takeInputs(MakeInputs request, ForeignDocument made) {
    ProblemList problems = new ProblemList();
    ForeignInputs inputs = ForeignInputs.read(documents, made, problems);
    AppCheck app = appCheck(request, problems);
    TaskName name = new TaskName(request.rules().taskName(), problems);
    PageWriter taken = write(request, sample -> List.of(), sample -> inputs.of(sample, name, app));
    inputs.end();
    problems.requireNone("the document " + made.uri());
    return taken.finish();
  }

  @Override
  public OutputManifest writeManifest(WriteManifest request) {
    ledger.requireHeld(request.claim());
    return new OutputTable(documents, request).write();
  }

  private AppCheck appCheck(MakeInputs request, ProblemList problems) {
    Optional<AppInputs> app =
        request.rules().validateAgainstApp()
            ? AppInputs.of(platform.app(request.connection(), request.app()))
            : Optional.empty();
    return new AppCheck(app, request.references(), problems);
  }

  private PageWriter write(
      MakeInputs request,
      Function<Sample, List<List<String>>> addresses,
      Function<SampleContext, Optional<TaskInputs>> inputs) {
    ledger.requireHeld(request.claim());
    PageWriter writer = documents.writer(request.result(), request.stored().samples().rows());
    new ImportedSamples(documents, request)
        .forEach(addresses, sample -> inputs.apply(sample).ifPresent(made -> writer.add(made, 0)));
    return writer;
  }
}
