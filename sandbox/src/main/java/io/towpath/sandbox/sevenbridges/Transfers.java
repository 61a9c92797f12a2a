package io.towpath.sandbox.sevenbridges;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.control.Plans;
import io.towpath.sandbox.http.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** All imports and exports: how they go on, and how they are found. */
final class Transfers {
  private static final long PENDING_MS = 50;
  private static final long RUNNING_MS = 150;

  private static final Set<String> STATES = Set.of("PENDING", "RUNNING", "COMPLETED", "FAILED");

  private final Realm realm;
  private final Map<String, TransferJob> jobs = new LinkedHashMap<>();

  Transfers(Realm realm) {
    this.realm = realm;
  }

  /**
   * Begins a job.
   *
   * @param work does it at its end and returns the file; a refusal becomes the job's error
   */
  TransferJob begin(TransferJob.Order order, Function<Instant, FileNode> work) {
    TransferJob job = new TransferJob(order);
    jobs.put(order.id(), job);
    Optional<List<Plans.Step>> plan =
        realm.plans.take("sevenbridges", order.name(), STATES::contains);
    if (plan.isPresent()) {
      scripted(job, plan.get(), work);
      return job;
    }
    Instant begins = order.created().plus(realm.faster(PENDING_MS));
    realm.agenda.at(begins, due -> run(job, due));
    realm.agenda.at(begins.plus(realm.faster(RUNNING_MS)), due -> finish(job, due, work));
    realm.wakeAfter(PENDING_MS + RUNNING_MS);
    return job;
  }

  private void run(TransferJob job, Instant due) {
    job.state = "RUNNING";
    job.started = Optional.of(due);
  }

  private void finish(TransferJob job, Instant due, Function<Instant, FileNode> work) {
    job.started = job.started.or(() -> Optional.of(due));
    job.finished = Optional.of(due);
    try {
      FileNode file = work.apply(due);
      job.result = Optional.of(FileJson.of("", file));
      job.state = "COMPLETED";
    } catch (Refused refused) {
      job.error = Optional.of(refused.error());
      job.state = "FAILED";
    }
  }

  /** A plan's COMPLETED still makes the file: for an import, that is all it does. */
  private void scripted(TransferJob job, List<Plans.Step> steps, Function<Instant, FileNode> work) {
    Instant at = job.order.created();
    job.state = steps.get(0).status();
    for (Plans.Step step : steps) {
      Instant begins = at;
      realm.agenda.at(begins, due -> enter(job, step, due, work));
      at = at.plus(step.lasts());
    }
    realm.wakeAfter(Duration.between(job.order.created(), at));
  }

  private void enter(
      TransferJob job, Plans.Step step, Instant due, Function<Instant, FileNode> work) {
    switch (step.status()) {
      case "PENDING" -> job.state = "PENDING";
      case "RUNNING" -> run(job, due);
      case "COMPLETED" -> finish(job, due, work);
      case "FAILED" -> {
        ObjectNode detail = Fields.object();
        Refusal fallback = Refusal.JOB_SERVICE;
        detail.setAll(fallback.json(step.detail().path("errorMessage").asText(fallback.message())));
        detail.put("code", step.detail().path("code").asInt(fallback.code()));
        finish(
            job,
            due,
            any -> {
              throw new Refused(400, detail);
            });
      }
      default -> throw new IllegalStateException(step.status());
    }
  }

  TransferJob get(String kind, String id) {
    return Optional.ofNullable(jobs.get(id))
        .filter(job -> job.order.kind().equals(kind))
        .orElseThrow(Refusal.NO_JOB::thrown);
  }

  Reply list(Request request, String kind) {
    List<TransferJob> found =
        jobs.values().stream()
            .filter(job -> job.order.kind().equals(kind))
            .filter(job -> !job.order.visibleFrom().isAfter(request.now()))
            .filter(job -> fits(request, "project", job.order.project()))
            .filter(job -> fits(request, "volume", job.order.volume()))
            .filter(job -> fits(request, "state", job.state))
            .toList();
    return request.page(found, job -> job.json(request));
  }

  private static boolean fits(Request request, String name, String value) {
    List<String> wanted = request.queries(name);
    return wanted.isEmpty() || wanted.contains(value);
  }
}
