package io.towpath.activities.store;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * The two S3 clients of a worker, on one connection pool: one that repeats calls whose repetition
 * changes nothing, and one that sends every call exactly once. The SDK's own timer remembers a call
 * until its time would be over, minutes for a copy; the one that they share forgets what has ended.
 */
public final class S3Clients implements AutoCloseable {
  /** A call longer than this is over, unless the call itself says otherwise. */
  public static final Duration CALL_TIMEOUT = Duration.ofSeconds(60);

  private static final int CONNECTIONS = 160;
  private static final int ATTEMPTS = 3;

  private final ScheduledThreadPoolExecutor timeouts =
      new ScheduledThreadPoolExecutor(1, S3Clients::thread);
  private final List<ExecutionInterceptor> interceptors;
  private final SdkHttpClient http;
  private final S3Client repeating;
  private final S3Client once;

  public S3Clients(S3Settings settings) {
    this(settings, List.of());
  }

  /**
   * @param interceptors see every call
   */
  public S3Clients(S3Settings settings, List<ExecutionInterceptor> interceptors) {
    this.interceptors = Stream.concat(interceptors.stream(), Stream.of(new StatedEtag())).toList();
    timeouts.setRemoveOnCancelPolicy(true);
    this.http =
        Apache5HttpClient.builder()
            .maxConnections(CONNECTIONS)
            .connectionTimeout(Duration.ofSeconds(10))
            .socketTimeout(CALL_TIMEOUT)
            .tcpKeepAlive(true)
            .build();
    this.repeating = client(settings, ATTEMPTS);
    this.once = client(settings, 1);
  }

  /** For reads, parts and copies: repeats a call up to three times, which changes nothing. */
  public S3Client repeating() {
    return repeating;
  }

  /** For calls whose repetition would hide what the first one did: never sends one twice. */
  public S3Client once() {
    return once;
  }

  @Override
  public void close() {
    repeating.close();
    once.close();
    http.close();
    timeouts.shutdownNow();
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "s3-timeouts");
    thread.setDaemon(true);
    return thread;
  }

  private S3Client client(S3Settings settings, int attempts) {
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClient(http)
            .credentialsProvider(settings.credentials())
            .overrideConfiguration(
                o ->
                    o.executionInterceptors(interceptors)
                        .scheduledExecutorService(timeouts)
                        .apiCallTimeout(CALL_TIMEOUT)
                        .retryStrategy(
                            AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(attempts)
                                .build()));
    settings.region().map(Region::of).ifPresent(builder::region);
    settings
        .endpoint()
        .ifPresent(
            endpoint ->
                builder
                    .endpointOverride(endpoint)
                    .forcePathStyle(true)
                    .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                    .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED));
    return builder.build();
  }
}
