package io.towpath.worker.telemetry;

import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.interceptors.Header;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.Map;

/**
 * W3C trace context in a header of Temporal's, under the name that the SDKs of other languages use,
 * so that a trace goes on through workers of several languages.
 */
final class TraceHeader {
  static final String NAME = "_tracer-data";

  private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();
  private static final TextMapGetter<Map<String, String>> GETTER =
      (carrier, key) -> carrier == null ? null : carrier.get(key);

  private TraceHeader() {}

  static void write(Context context, Header header) {
    Map<String, String> fields = new HashMap<>();
    W3C.inject(context, fields, (carrier, key, value) -> fields.put(key, value));
    if (!fields.isEmpty()) {
      DefaultDataConverter.STANDARD_INSTANCE
          .toPayload(fields)
          .ifPresent(payload -> header.getValues().put(NAME, payload));
    }
  }

  /** Root where there is none, or none that can be read. */
  @SuppressWarnings("unchecked")
  static Context read(Header header) {
    Payload payload = header.getValues().get(NAME);
    if (payload == null) {
      return Context.root();
    }
    try {
      Map<String, String> fields =
          DefaultDataConverter.STANDARD_INSTANCE.fromPayload(
              payload, (Class<Map<String, String>>) (Class<?>) Map.class, (Type) Map.class);
      return W3C.extract(Context.root(), fields, GETTER);
    } catch (RuntimeException e) {
      return Context.root();
    }
  }
}
