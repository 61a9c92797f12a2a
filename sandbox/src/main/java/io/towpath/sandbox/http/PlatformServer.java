package io.towpath.sandbox.http;

import io.towpath.sandbox.control.Counters;
import io.towpath.sandbox.control.Faults;
import io.towpath.sandbox.control.Journal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Serves one platform on a loopback port of its own, with faults, limits, counters and journal. */
public final class PlatformServer implements AutoCloseable {
  private static final int MOST_THREADS = 400;
  private static final int MOST_HEADER_BYTES = 64 << 10;

  private final Server server;
  private final ServerConnector connector;
  private final ScheduledExecutorService later;

  /** What all platforms of a sandbox share. */
  public record Watch(Journal journal, Counters counters, Faults faults) {}

  /**
   * Starts to serve.
   *
   * @param port 0 for any free one
   */
  public PlatformServer(Platform platform, Watch watch, int port) {
    QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, 2);
    threads.setName("sandbox-" + platform.name());
    threads.setDaemon(true);
    threads.setStopTimeout(100);
    this.server = new Server(threads);
    this.server.setStopTimeout(0);
    this.connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(leniently()));
    this.connector.setHost("127.0.0.1");
    this.connector.setPort(port);
    this.connector.setIdleTimeout(Duration.ofMinutes(10).toMillis());
    this.server.addConnector(connector);
    this.later =
        Executors.newScheduledThreadPool(
            2,
            task -> {
              Thread thread = new Thread(task, "sandbox-late-" + platform.name());
              thread.setDaemon(true);
              return thread;
            });
    Router router = platform.router();
    this.server.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback) {
            Wire wire = new Wire(request, response);
            boolean answered = new Exchange(platform, router, watch, later, wire).run();
            if (answered) {
              callback.succeeded();
            } else {
              callback.failed(new EofException("closed on purpose"));
            }
            return true;
          }
        });
    this.server.setErrorHandler(
        (request, response, callback) -> {
          new Wire(request, response).refuse(platform);
          callback.succeeded();
          return true;
        });
    start();
  }

  private void start() {
    try {
      server.start();
    } catch (Exception e) {
      close();
      throw new IllegalStateException("cannot serve on " + connector.getPort(), e);
    }
  }

  /** Stand-ins see request targets as they were sent, also odd ones. */
  private static HttpConfiguration leniently() {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setUriCompliance(UriCompliance.UNSAFE);
    http.setHttpCompliance(HttpCompliance.LEGACY);
    http.setHeaderCacheCaseSensitive(true);
    http.setRequestHeaderSize(MOST_HEADER_BYTES);
    http.setResponseHeaderSize(MOST_HEADER_BYTES);
    return http;
  }

  /** {@code http://127.0.0.1:PORT}, without a path. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + connector.getLocalPort());
  }

  @Override
  public void close() {
    List<Runnable> neverDone = later.shutdownNow();
    neverDone.clear();
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("cannot stop the server", e);
    }
  }
}
