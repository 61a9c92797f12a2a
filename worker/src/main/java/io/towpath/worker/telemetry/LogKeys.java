package io.towpath.worker.telemetry;

import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.RunKey;
import io.towpath.workflows.tower.RunRef;
import java.lang.reflect.RecordComponent;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Lets each line that an activity logs say what it works for, beside the keys that Temporal's SDK
 * adds: {@code BusinessKey} and {@code Generation} of the claim, {@code RunKey}, and the platform's
 * {@code ExternalId} of a run. They are found in the activity's arguments.
 */
public final class LogKeys extends WorkerInterceptorBase {
  static final List<String> KEYS = List.of("BusinessKey", "Generation", "RunKey", "ExternalId");

  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new ActivityInboundCallsInterceptorBase(next) {
      @Override
      public ActivityOutput execute(ActivityInput input) {
        try {
          for (Object argument : input.getArguments()) {
            put(argument);
          }
          return super.execute(input);
        } finally {
          KEYS.forEach(MDC::remove);
        }
      }
    };
  }

  /** Requests are records of what they are about; deeper than that nothing is looked for. */
  static void put(@Nullable Object argument) {
    putOne(argument);
    if (argument instanceof Record request) {
      for (RecordComponent component : request.getClass().getRecordComponents()) {
        putOne(value(request, component));
      }
    }
  }

  private static void putOne(@Nullable Object value) {
    if (value instanceof Claim claim) {
      MDC.put("BusinessKey", claim.businessKey());
      MDC.put("Generation", String.valueOf(claim.generation()));
    } else if (value instanceof RunKey key) {
      MDC.put("RunKey", key.value());
    } else if (value instanceof RunRef run) {
      MDC.put("ExternalId", run.workflowId());
    }
  }

  private static @Nullable Object value(Record request, RecordComponent component) {
    try {
      return component.getAccessor().invoke(request);
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }
}
