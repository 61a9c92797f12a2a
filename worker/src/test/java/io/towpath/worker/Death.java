package io.towpath.worker;

import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptor;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lets the attempts of a worker end where {@link Kill} struck them. */
final class Death extends WorkerInterceptorBase {
  private final boolean silent;

  private Death(boolean silent) {
    this.silent = silent;
  }

  /** Temporal is told of a dead attempt as of one whose worker is lost, and begins another one. */
  static Death told() {
    return new Death(false);
  }

  /**
   * Temporal is told nothing, as when the process is gone, and finds out by the time-outs, which
   * {@link SoonNoticed} cuts. The attempt stays dead until its process is.
   */
  static Death silent() {
    return new Death(true);
  }

  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new Attempt(next);
  }

  @Override
  public WorkflowInboundCallsInterceptor interceptWorkflow(WorkflowInboundCallsInterceptor next) {
    return new Flow(next);
  }

  private final class Attempt extends ActivityInboundCallsInterceptorBase {
    private @Nullable ActivityExecutionContext context;
    private String id = "";

    Attempt(ActivityInboundCallsInterceptor next) {
      super(next);
    }

    @Override
    public void init(ActivityExecutionContext own) {
      ActivityInfo info = own.getInfo();
      id = Kill.attempt(info.getWorkflowId(), info.getActivityId());
      context = own;
      super.init(own);
    }

    @Override
    public ActivityOutput execute(ActivityInput input) {
      if (!silent) {
        Kill.revive(id);
      }
      try {
        ActivityOutput output = super.execute(input);
        return Kill.isDead(id) ? died() : output;
      } catch (RuntimeException | Kill.Killed e) {
        if (e instanceof RuntimeException failure && !Kill.isDead(id)) {
          throw failure;
        }
        return died();
      }
    }

    private ActivityOutput died() {
      if (silent) {
        Objects.requireNonNull(context).doNotCompleteOnReturn();
        return new ActivityOutput(null);
      }
      throw ApplicationFailure.newBuilder()
          .setType("worker died")
          .setMessage("the attempt ended after a platform call")
          .setNextRetryDelay(Duration.ofMillis(20))
          .build();
    }
  }

  /** A plan is a workflow of its own, and its calls are those of the scan that asked for it. */
  private final class Flow extends WorkflowInboundCallsInterceptorBase {
    Flow(WorkflowInboundCallsInterceptor next) {
      super(next);
    }

    @Override
    public void init(WorkflowOutboundCallsInterceptor outbound) {
      super.init(silent ? new SoonNoticed(outbound, SoonNoticed.Limits.OF_THE_SILENT) : outbound);
    }

    @Override
    public WorkflowOutput execute(WorkflowInput input) {
      WorkflowInfo plan = Workflow.getInfo();
      if (plan.getWorkflowId().startsWith("plan/")) {
        plan.getParentWorkflowId().ifPresent(scan -> Kill.askedBy(scan, plan.getWorkflowId()));
      }
      return super.execute(input);
    }
  }
}
