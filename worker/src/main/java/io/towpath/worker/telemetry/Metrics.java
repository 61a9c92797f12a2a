package io.towpath.worker.telemetry;

import com.uber.m3.tally.RootScopeBuilder;
import com.uber.m3.tally.Scope;
import com.uber.m3.tally.ScopeCloseException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.temporal.common.reporter.MicrometerClientStatsReporter;
import java.time.Duration;

/** The registry of one worker: Temporal's own metrics, the JVM's and ours, as Prometheus text. */
public final class Metrics implements AutoCloseable {
  /** Prometheus text, as its scraper asks for it when it asks for nothing. */
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private static final Duration REPORT_EVERY = Duration.ofSeconds(10);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final Scope temporal;

  /** Begins to measure the JVM. */
  public Metrics() {
    this(REPORT_EVERY);
  }

  /**
   * @param reportEvery how often the Temporal SDK tells what it counted
   */
  public Metrics(Duration reportEvery) {
    registry.config().meterFilter(new FewSeries());
    collections.bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    this.temporal =
        new RootScopeBuilder()
            .reporter(new MicrometerClientStatsReporter(registry))
            .reportEvery(com.uber.m3.util.Duration.ofMillis((double) reportEvery.toMillis()));
  }

  public MeterRegistry registry() {
    return registry;
  }

  /** Where the Temporal SDK reports to, for the options of its service stubs. */
  public Scope temporal() {
    return temporal;
  }

  public String scrape() {
    return registry.scrape();
  }

  @Override
  public void close() {
    try {
      temporal.close();
    } catch (ScopeCloseException e) {
      throw new IllegalStateException("the last report of Temporal's metrics failed", e);
    } finally {
      collections.close();
      registry.close();
    }
  }
}
