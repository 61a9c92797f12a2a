package io.towpath.workflows.cavatica;

import static io.towpath.workflows.progress.Operator.stub;

import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.towpath.workflows.ActivityPolicy;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.cavatica.CollateStep.Collated;
import io.towpath.workflows.drs.DrsActivities;
import io.towpath.workflows.drs.DrsActivities.MintCounts;
import io.towpath.workflows.drs.DrsActivities.MintPage;
import io.towpath.workflows.drs.DrsActivities.Published;
import io.towpath.workflows.drs.UnclearMint;
import io.towpath.workflows.etl.ClaimedRun;
import io.towpath.workflows.etl.PageWindow;
import io.towpath.workflows.lease.Lease;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SynapseId;
import io.towpath.workflows.progress.Operator;
import io.towpath.workflows.progress.Operator.Decision;
import io.towpath.workflows.progress.Operator.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Gives each output one id. What may or may not have been minted waits for a decision file by file,
 * while the others go on.
 */
final class MintStep {
  static final String STAGE = "drs";

  /** The gate before the dataset becomes visible. */
  static final String GATE = "publish";

  private static final int MOST_NAMED = 5;

  private final ClaimedRun<CavaticaSpec> run;
  private final DrsRequest request;
  private Optional<EntityStep.Filed> filed = Optional.empty();
  private final Map<Integer, MintCounts> minted = new TreeMap<>();
  private final TreeSet<String> skipped = new TreeSet<>();

  MintStep(ClaimedRun<CavaticaSpec> run, DrsRequest request) {
    this.run = run;
    this.request = request;
  }

  /**
   * What was minted.
   *
   * @param ids pages of {@link io.towpath.workflows.drs.MintedFile}
   * @param skipped files that an operator left without an id
   * @param filed what was filed in Synapse for it
   */
  record Minted(
      ManifestRef ids,
      MintCounts counts,
      int skipped,
      Optional<EntityStep.Filed> filed,
      Optional<Published> published) {
    /** Files without an id that resolves to them, those that were skipped among them. */
    int failed() {
      return counts.failed();
    }

    Minted published(Published now) {
      return new Minted(ids, counts, skipped, filed, Optional.of(now));
    }

    Map<String, Object> report() {
      Map<String, Object> report = new TreeMap<>();
      report.put("minted", counts.minted());
      report.put("existing", counts.existing());
      report.put("failed", failed());
      report.put("skipped", skipped);
      report.put("published", published.map(Published::visible).orElse(false));
      published.ifPresent(now -> report.put("datasetId", now.datasetId()));
      filed.ifPresent(entities -> report.put("filed", entities.report()));
      if (!counts.firstError().isEmpty()) {
        report.put("firstError", counts.firstError());
      }
      return report;
    }
  }

  Minted execute(Collated collated) {
    filed = request.parent().map(parent -> fileInSynapse(parent, collated.objects().orElseThrow()));
    run.stages().begin(STAGE, "ids for " + collated.counts().files() + " files");
    int pages = collated.outputs().pageCount();
    S3Uri result = run.work().resolve("minted/");
    PageWindow all = new PageWindow(run.operator(), STAGE);
    List<MintCounts> first =
        all.each(pages, page -> mint(collated, page, result, List.of()), counts -> {});
    for (int page = 0; page < pages; page++) {
      minted.put(page, first.get(page));
    }
    while (!unclear().isEmpty()) {
      decide(collated, result);
    }
    MintCounts counts = sum();
    run.stages().count("ids.minted", counts.minted());
    run.stages().count("ids.existing", counts.existing());
    run.stages().say(STAGE, words(counts), Optional.empty());
    return new Minted(
        ManifestRef.ofPages(result, pages), counts, skipped.size(), filed, Optional.empty());
  }

  private EntityStep.Filed fileInSynapse(SynapseId parent, ManifestRef objects) {
    return new EntityStep(run, parent, run.spec().export().orElseThrow()).execute(objects);
  }

  private Promise<MintCounts> mint(
      Collated collated, int page, S3Uri result, List<UnclearMint> retried) {
    DrsActivities drs =
        stub(
            DrsActivities.class,
            ActivityPolicy.page(
                TaskQueues.DRS,
                "ids, page " + (page + 1) + " of " + collated.outputs().pageCount()));
    return Async.function(
        drs::mintPage,
        new MintPage(
            run.claim(),
            request.rules(run.spec().connection()),
            collated.outputs(),
            collated.objects(),
            filed.map(EntityStep.Filed::files),
            page,
            result,
            List.copyOf(skipped),
            retried));
  }

  /** Waits for decisions and does the pages of the decided files again. */
  private void decide(Collated collated, S3Uri result) {
    List<UnclearMint> unclear = unclear();
    Map<String, Decision> decisions =
        run.operator()
            .awaitItems(
                STAGE, question(unclear), unclear.stream().map(UnclearMint::fileId).toList());
    List<UnclearMint> retried = new ArrayList<>();
    for (UnclearMint file : unclear) {
      Optional.ofNullable(decisions.get(file.fileId()))
          .ifPresent(decision -> follow(decision, file, retried));
    }
    minted.replaceAll(
        (page, counts) ->
            counts.unclear().stream().map(UnclearMint::fileId).anyMatch(decisions::containsKey)
                ? run.operator()
                    .repairable(STAGE, () -> mint(collated, page, result, retried).get())
                : counts);
  }

  private void follow(Decision decision, UnclearMint file, List<UnclearMint> retried) {
    if (decision.word() == Word.FAIL) {
      throw Operator.ended(decision);
    }
    if (decision.word() == Word.SKIP) {
      skipped.add(file.fileId());
    } else {
      retried.add(file);
    }
  }

  private static String question(List<UnclearMint> unclear) {
    return unclear.size()
        + " files may or may not have an id, the server tells no look-up: "
        + unclear.stream()
            .limit(MOST_NAMED)
            .map(UnclearMint::fileId)
            .collect(Collectors.joining(", "))
        + (unclear.size() > MOST_NAMED ? ", …" : "")
        + "; towpath retry sends one again, towpath skip leaves it out";
  }

  private List<UnclearMint> unclear() {
    return sum().unclear().stream().filter(file -> !skipped.contains(file.fileId())).toList();
  }

  private MintCounts sum() {
    return minted.values().stream().reduce(MintCounts.NONE, MintCounts::plus);
  }

  /**
   * Makes the dataset visible: when nothing failed, or when somebody approves.
   *
   * @param failed what of the whole run failed
   */
  Minted publish(Minted files, long failed) {
    if (!request.publishes() || !mayPublish(files, failed)) {
      run.stages().done(STAGE, words(files.counts()));
      return files;
    }
    Published now =
        Lease.hold(
            "drs/" + request.dataset().map(DrsRequest.Dataset::name).orElseThrow(),
            () -> run.operator().repairable(STAGE, this::publishNow));
    run.stages().done(STAGE, words(files.counts()) + "; published");
    return files.published(now);
  }

  private boolean mayPublish(Minted files, long failed) {
    if (!request.afterApproval()) {
      return failed == 0;
    }
    return run.operator()
        .awaitGate(
            GATE,
            STAGE,
            words(files.counts())
                + ", "
                + failed
                + " failures in all; towpath approve makes the dataset visible, towpath skip leaves"
                + " it as it is");
  }

  private Published publishNow() {
    return stub(DrsActivities.class, ActivityPolicy.submit(TaskQueues.DRS, "publish the dataset"))
        .publish(run.claim(), request.rules(run.spec().connection()));
  }

  private static String words(MintCounts counts) {
    return counts.minted()
        + " ids made, "
        + counts.existing()
        + " there already, "
        + counts.failed()
        + " failed";
  }
}
