package io.towpath.sandbox.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.X509TrustManager;

/**
 * A host on the open internet that has files behind https. It has a name and a public address; a
 * client whose names, sockets and trust come from here finds it on the loopback, while everything
 * that judges addresses sees the public one. No setting of a worker leads here.
 */
public final class HttpsFiles implements AutoCloseable {
  /** The host, as requests name it. */
  public static final String HOST = "files.example.org";

  /** A name that anybody could give to an address inside. */
  public static final String HOST_INSIDE = "inside.example.org";

  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d+)");

  private final InetAddress address;
  private final OwnCertificate certificate;
  private final HttpsServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final Map<String, String> redirects = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<String> credentials = new ConcurrentLinkedQueue<>();
  private volatile boolean ranges = true;
  private volatile boolean busy;
  private volatile String version = "\"v1\"";

  public HttpsFiles() {
    try {
      address = InetAddress.getByAddress(HOST, new byte[] {11, 0, 0, 1});
      certificate =
          OwnCertificate.of("dns:" + HOST + ",dns:" + HOST_INSIDE + ",dns:localhost,ip:127.0.0.1");
      server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** What the host's names lead to; other names are looked up as usual. */
  public List<InetAddress> addresses(String host) throws UnknownHostException {
    return switch (host) {
      case HOST -> List.of(address);
      case HOST_INSIDE -> List.of(InetAddress.getLoopbackAddress());
      default -> List.of(InetAddress.getAllByName(host));
    };
  }

  /** Sockets that find the public address on the loopback, and everything else where it is. */
  public SocketFactory sockets() {
    return new LedSockets(address, server.getAddress());
  }

  public SSLSocketFactory tls() {
    return certificate.context().getSocketFactory();
  }

  public X509TrustManager trust() {
    return certificate.trust();
  }

  /** The port on the loopback, where nobody who is careful may look. */
  public int port() {
    return server.getAddress().getPort();
  }

  public String url(String path) {
    return "https://" + HOST + path;
  }

  /** Has a file there, and returns its address. */
  public String file(String path, byte[] content) {
    files.put(path, content);
    return url(path);
  }

  public void redirect(String path, String to) {
    redirects.put(path, to);
  }

  /** Whether parts of a file are sent when they are asked for. */
  public void sendsParts(boolean sends) {
    ranges = sends;
  }

  /** Whether everything is answered by 503. */
  public void busy(boolean is) {
    busy = is;
  }

  /** The files' ETag; empty for none. */
  public void version(String etag) {
    version = etag;
  }

  /** Paths that were asked for, in order. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  /** The paths that were asked for with a credential, each with it, in order. */
  public List<String> credentials() {
    return List.copyOf(credentials);
  }

  public void forget() {
    asked.clear();
    credentials.clear();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getRawPath();
      asked.add(path);
      Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
          .ifPresent(credential -> credentials.add(path + " " + credential));
      String target = redirects.get(path);
      byte[] bytes = files.get(path);
      if (busy) {
        exchange.sendResponseHeaders(503, -1);
      } else if (target != null) {
        exchange.getResponseHeaders().set("Location", target);
        exchange.sendResponseHeaders(302, -1);
      } else if (bytes == null) {
        exchange.sendResponseHeaders(404, -1);
      } else {
        send(exchange, bytes);
      }
    }
  }

  private void send(HttpExchange exchange, byte[] bytes) throws IOException {
    if (!version.isEmpty()) {
      exchange.getResponseHeaders().set("ETag", version);
    }
    String range = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range")).orElse("");
    Matcher matcher = RANGE.matcher(range);
    if (!ranges || !matcher.matches()) {
      exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
      return;
    }
    int from = Integer.parseInt(matcher.group(1));
    int to = Math.min(bytes.length - 1, Integer.parseInt(matcher.group(2)));
    String stretch = from < bytes.length ? from + "-" + to : "*";
    exchange.getResponseHeaders().set("Content-Range", "bytes " + stretch + "/" + bytes.length);
    if (from >= bytes.length) {
      exchange.sendResponseHeaders(416, -1);
      return;
    }
    exchange.sendResponseHeaders(206, to - from + 1);
    exchange.getResponseBody().write(bytes, from, to - from + 1);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
