package io.towpath.activities.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Measures every call to a platform: {@code towpath_platform_http_seconds} by platform and class of
 * status, until the answer begins, and {@code towpath_platform_quota_left} where an answer tells
 * it. Each is a span of the activity that makes it. As the first interceptor of the shared client
 * it sees requests before a credential is added.
 */
public final class PlatformCalls implements Interceptor {
  private static final String OTHERS = "other";
  private static final AttributeKey<String> PLATFORM = AttributeKey.stringKey("towpath.platform");
  private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  private static final AttributeKey<String> HOST = AttributeKey.stringKey("server.address");
  private static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");
  private static final AttributeKey<Long> STATUS =
      AttributeKey.longKey("http.response.status_code");

  private final MeterRegistry meters;
  private final Tracer tracer;
  private final Map<Account, AtomicLong> quotaLeft = new ConcurrentHashMap<>();

  public PlatformCalls(MeterRegistry meters, Tracer tracer) {
    this.meters = meters;
    this.tracer = tracer;
  }

  /** One credential of a platform, by the name of its connection. */
  private record Account(String platform, String name) {}

  /** A call that is under way. */
  public interface Call {
    /**
     * @param status of the answer; 0 when there was none
     */
    void ended(int status);
  }

  /**
   * A call begins now, whoever makes it.
   *
   * @param name of the platform or service; as a tag it is in small letters, without blanks
   * @param what it does, without an address
   * @param seen more of it for the span; nothing that may hold a secret
   */
  public Call begin(String name, String what, Attributes seen) {
    String platform = tag(name);
    Timer.Sample began = Timer.start(meters);
    Span span =
        tracer
            .spanBuilder(platform + " " + what)
            .setSpanKind(SpanKind.CLIENT)
            .setAllAttributes(seen)
            .setAttribute(PLATFORM, platform)
            .startSpan();
    return status -> {
      began.stop(
          meters.timer(
              "towpath.platform.http", "platform", platform, "status", statusClass(status)));
      if (status > 0) {
        span.setAttribute(STATUS, status);
      }
      if (status == 0 || status >= 500) {
        span.setStatus(StatusCode.ERROR, status == 0 ? "no answer" : "HTTP " + status);
      }
      span.end();
    };
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    ApiCall known = request.tag(ApiCall.class);
    Call call =
        begin(
            known == null ? OTHERS : known.platform(),
            request.method(),
            seen(request, known != null));
    int status = 0;
    try {
      Response response = chain.proceed(request);
      status = response.code();
      if (known != null) {
        known.dialect().quota(response.headers()).ifPresent(window -> noteQuota(known, window));
      }
      return response;
    } finally {
      call.ended(status);
    }
  }

  /** Platforms take credentials in headers; what others take in a path is theirs. */
  private static Attributes seen(Request request, boolean known) {
    AttributesBuilder seen = Attributes.builder().put(METHOD, request.method());
    if (known) {
      seen.put(HOST, request.url().host()).put(PATH, request.url().encodedPath());
    }
    return seen.build();
  }

  private void noteQuota(ApiCall call, RateBudget.Window window) {
    quotaLeft
        .computeIfAbsent(
            new Account(call.platform(), call.account()),
            account -> {
              AtomicLong left = new AtomicLong();
              Gauge.builder("towpath.platform.quota.left", left, AtomicLong::get)
                  .tag("platform", tag(account.platform()))
                  .tag("account", account.name())
                  .register(meters);
              return left;
            })
        .set(window.remaining());
  }

  private static String tag(String name) {
    return name.toLowerCase(Locale.ROOT).replace(" ", "");
  }

  /** Few values, and the one that an operator looks for has its own. */
  static String statusClass(int status) {
    return status == 429 ? "429" : status == 0 ? "none" : status / 100 + "xx";
  }
}
