package io.towpath.worker.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.IdGenerator;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Ids of spans, by chance but for those of workflow runs: these are known before the span is made,
 * and the same in every replay, as they come from the run's id.
 */
final class RunIds implements IdGenerator {
  private static final ThreadLocal<@Nullable SpanContext> GIVEN = new ThreadLocal<>();

  private final IdGenerator chance = IdGenerator.random();

  /** Where the span of this run lies, of which its activities are parts. */
  static SpanContext of(String runId, Context parent) {
    SpanContext above = Span.fromContext(parent).getSpanContext();
    String id =
        UUID.nameUUIDFromBytes(runId.getBytes(StandardCharsets.UTF_8)).toString().replace("-", "");
    return SpanContext.create(
        above.isValid() ? above.getTraceId() : id,
        id.substring(0, 16),
        above.isValid() ? above.getTraceFlags() : TraceFlags.getSampled(),
        TraceState.getDefault());
  }

  /** Makes a span under an id that is known already. */
  <T> T under(SpanContext known, Supplier<T> making) {
    GIVEN.set(known);
    try {
      return making.get();
    } finally {
      GIVEN.remove();
    }
  }

  @Override
  public String generateSpanId() {
    SpanContext known = GIVEN.get();
    return known == null ? chance.generateSpanId() : known.getSpanId();
  }

  @Override
  public String generateTraceId() {
    SpanContext known = GIVEN.get();
    return known == null ? chance.generateTraceId() : known.getTraceId();
  }
}
