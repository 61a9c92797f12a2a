package io.towpath.worker.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.failure.ApplicationFailure;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.containers.ContainerEnd;
import io.towpath.workflows.containers.ContainerNews;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.DraftedTasks;
import io.towpath.workflows.synapse.SynapseActivities.IndexedPage;
import io.towpath.workflows.tower.TowerActivities.EndedRun;
import io.towpath.workflows.transfer.StagedPage;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Counts what activities report of their work: {@code towpath_files_total}, {@code
 * towpath_bytes_total} and {@code towpath_submit_duplicates_total}. What an attempt did that failed
 * counts when a later one reports it.
 */
public final class ActivityMeters extends WorkerInterceptorBase {
  private static final String FILES = "towpath.files";
  private static final String BYTES = "towpath.bytes";
  private static final String DUPLICATES = "towpath.submit.duplicates";

  private final MeterRegistry meters;
  private final WaitingRuns waiting;

  /** Every count is there from the start: an alert sees a first one only if there was a zero. */
  public ActivityMeters(MeterRegistry meters, WaitingRuns waiting) {
    this.meters = meters;
    this.waiting = waiting;
    List.of("streamed", "copied", "reused", "created", "updated", "annotated", "unchanged")
        .forEach(result -> files(result, 0));
    meters.counter(BYTES);
    List.of(TaskQueues.SEQERA, TaskQueues.SEVEN_BRIDGES, TaskQueues.CONTAINERS)
        .forEach(queue -> duplicates(Platforms.of(queue), 0));
  }

  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new Inbound(next);
  }

  private final class Inbound extends ActivityInboundCallsInterceptorBase {
    private @Nullable ActivityExecutionContext context;

    Inbound(ActivityInboundCallsInterceptor next) {
      super(next);
    }

    @Override
    public void init(ActivityExecutionContext begun) {
      context = begun;
      super.init(begun);
    }

    @Override
    public ActivityOutput execute(ActivityInput input) {
      var activity = Objects.requireNonNull(context, "init comes first").getInfo();
      boolean goesOn = false;
      try {
        ActivityOutput output = super.execute(input);
        count(Platforms.of(activity), output.getResult());
        return output;
      } catch (ApplicationFailure e) {
        goesOn = e.getType().equals(FailureKind.STILL_RUNNING.name());
        if (goesOn) {
          waiting.asksAgain(WaitingRuns.Wait.of(activity), e.getNextRetryDelay());
        }
        throw e;
      } finally {
        if (!goesOn) {
          waiting.over(WaitingRuns.Wait.of(activity));
        }
      }
    }
  }

  void count(String platform, @Nullable Object result) {
    if (result instanceof StagedPage page) {
      files("reused", page.reused());
      files("copied", page.copiedInS3());
      files("streamed", page.files() - page.reused() - page.copiedInS3());
      meters.counter(BYTES).increment((double) page.bytes());
    } else if (result instanceof IndexedPage page) {
      files("created", page.created());
      files("updated", page.newVersions());
      files("annotated", page.annotated());
      files("unchanged", page.unchanged());
    } else if (result instanceof EndedRun run) {
      duplicates(platform, run.doubles().size());
    } else if (result instanceof DraftedTasks tasks) {
      duplicates(platform, tasks.doubles());
    } else if (result instanceof ContainerNews news) {
      duplicates(platform, news.end().map(ContainerEnd::doubles).orElse(List.of()).size());
    }
  }

  private void files(String result, long count) {
    meters.counter(FILES, "result", result).increment((double) count);
  }

  private void duplicates(String platform, int count) {
    meters.counter(DUPLICATES, "platform", platform).increment(count);
  }
}
