package io.towpath.activities.transfer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.towpath.workflows.model.FileRef;
import io.towpath.workflows.model.SourceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files behind signed URLs that expire, break off and lie, as those of Synapse do. */
final class PresignedSource implements SourceUrls, AutoCloseable {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d+)");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final AtomicInteger urls = new AtomicInteger();
  final AtomicInteger batches = new AtomicInteger();
  final ConcurrentLinkedQueue<String> ranges = new ConcurrentLinkedQueue<>();
  volatile Predicate<String> refuse = range -> false;
  volatile Predicate<String> breakOff = range -> false;
  volatile Predicate<String> corrupt = range -> false;
  volatile int usesOfAUrl = Integer.MAX_VALUE;
  private final Map<String, Integer> uses = new ConcurrentHashMap<>();

  PresignedSource() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Adds a file of random bytes, the same for the same id. */
  FileRef file(String id, String name, int size) {
    byte[] bytes = new byte[size];
    new Random(id.hashCode()).nextBytes(bytes);
    String handle = "h" + id;
    files.put(handle, bytes);
    return new FileRef(
        new SourceId(id),
        name,
        id + "/" + name,
        handle,
        size,
        Optional.of(Md5.of(bytes, size)),
        Optional.empty(),
        Optional.empty());
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  byte[] bytesOf(FileRef file) {
    return files.getOrDefault(file.handle(), new byte[0]);
  }

  @Override
  public Map<String, SourceUrl> urls(String connection, List<FileRef> wanted) {
    if (wanted.size() > MOST_AT_ONCE || new HashSet<>(wanted).size() != wanted.size()) {
      throw new IllegalArgumentException("a batch of " + wanted.size());
    }
    batches.incrementAndGet();
    Map<String, SourceUrl> answer = new HashMap<>();
    for (FileRef file : wanted) {
      if (files.containsKey(file.handle())) {
        URI uri = address().resolve("/" + file.handle() + "?signature=" + urls.incrementAndGet());
        answer.put(file.handle(), new SourceUrl(uri, Duration.ofSeconds(30)));
      }
    }
    return answer;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String query = exchange.getRequestURI().getQuery();
      byte[] bytes = files.get(exchange.getRequestURI().getPath().substring(1));
      String range = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range")).orElse("");
      ranges.add(range);
      int used = uses.merge(query, 1, Integer::sum);
      if (bytes == null || used > usesOfAUrl) {
        exchange.sendResponseHeaders(403, -1);
        return;
      }
      if (refuse.test(range)) {
        exchange.sendResponseHeaders(503, -1);
        return;
      }
      send(exchange, bytes, range);
    }
  }

  private void send(HttpExchange exchange, byte[] bytes, String range) throws IOException {
    int from = 0;
    int to = bytes.length - 1;
    Matcher matcher = RANGE.matcher(range);
    boolean partial = matcher.matches();
    if (partial) {
      from = Integer.parseInt(matcher.group(1));
      to = Integer.parseInt(matcher.group(2));
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes " + from + "-" + to + "/" + bytes.length);
    }
    byte[] body = java.util.Arrays.copyOfRange(bytes, from, to + 1);
    if (corrupt.test(range) && body.length > 0) {
      body[body.length / 2] ^= 1;
    }
    exchange.sendResponseHeaders(partial ? 206 : 200, body.length == 0 ? -1 : body.length);
    int sent = breakOff.test(range) ? body.length / 2 : body.length;
    if (body.length > 0) {
      exchange.getResponseBody().write(body, 0, sent);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
