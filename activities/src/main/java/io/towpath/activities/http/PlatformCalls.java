package io.towpath.activities.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
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
 * it. As the first interceptor of the shared client it sees requests before a credential is added.
 */
public final class PlatformCalls implements Interceptor {
  private static final String OTHERS = "other";

  private final MeterRegistry meters;
  private final Map<String, AtomicLong> quotaLeft = new ConcurrentHashMap<>();

  public PlatformCalls(MeterRegistry meters) {
    this.meters = meters;
  }

  /** A call that is under way. */
  public interface Call {
    /**
     * @param status of the answer; 0 when there was none
     */
    void ended(int status);
  }

  /** A call begins now, whoever makes it. */
  public Call begin(String platform) {
    Timer.Sample began = Timer.start(meters);
    return status ->
        began.stop(
            meters.timer(
                "towpath.platform.http", "platform", platform, "status", statusClass(status)));
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    ApiCall known = request.tag(ApiCall.class);
    String platform = known == null ? OTHERS : label(known.platform());
    Call call = begin(platform);
    int status = 0;
    try {
      Response response = chain.proceed(request);
      status = response.code();
      if (known != null) {
        known.dialect().quota(response.headers()).ifPresent(window -> noteQuota(platform, window));
      }
      return response;
    } finally {
      call.ended(status);
    }
  }

  private void noteQuota(String platform, RateBudget.Window window) {
    quotaLeft
        .computeIfAbsent(
            platform,
            missing -> {
              AtomicLong left = new AtomicLong();
              Gauge.builder("towpath.platform.quota.left", left, AtomicLong::get)
                  .tag("platform", platform)
                  .register(meters);
              return left;
            })
        .set(window.remaining());
  }

  /** As the platform's task queue is called. */
  private static String label(String platform) {
    return platform.toLowerCase(Locale.ROOT).replace(" ", "");
  }

  /** Few values, and the one that an operator looks for has its own. */
  static String statusClass(int status) {
    return status == 429 ? "429" : status == 0 ? "none" : status / 100 + "xx";
  }
}
