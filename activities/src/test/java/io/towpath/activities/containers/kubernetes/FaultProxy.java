package io.towpath.activities.containers.kubernetes;

import io.towpath.activities.submit.ExactlyOnceContract.Fault;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands before a server that knows no faults, and strikes and counts the calls of one route. One
 * connection carries one call.
 */
final class FaultProxy implements AutoCloseable {
  private final ServerSocket server;
  private final Dial behind;
  private final String route;
  private final Duration late;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger faultsLeft = new AtomicInteger();
  private volatile Fault fault = Fault.REFUSE;

  /** Connects to the server behind. */
  interface Dial {
    Socket connect() throws IOException;
  }

  /**
   * @param behind what the calls are passed on to, each on a connection of its own
   * @param route beginning of the request lines that are struck, such as {@code POST /apis/}
   * @param late when a late commit happens
   */
  FaultProxy(Dial behind, String route, Duration late) {
    this.behind = behind;
    this.route = route;
    this.late = late;
    try {
      this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort() + "/";
  }

  void strike(Fault kind, int times) {
    fault = kind;
    faultsLeft.set(times);
  }

  /** Calls of the route, also those that were struck. */
  int calls() {
    return calls.get();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        threads.execute(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      byte[] request = message(new BufferedInputStream(socket.getInputStream()), false);
      String line = new String(request, StandardCharsets.ISO_8859_1);
      boolean struck = false;
      if (line.startsWith(route)) {
        calls.incrementAndGet();
        struck = faultsLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
      }
      if (struck) {
        meet(request, socket);
      } else {
        send(socket, forward(request));
      }
    } catch (IOException e) {
      // Whoever is gone does not wait for an answer.
    }
  }

  private void meet(byte[] request, Socket socket) throws IOException {
    switch (fault) {
      case REFUSE, DROP_BEFORE_COMMIT -> reset(socket);
      case DROP_AFTER_COMMIT -> {
        forward(request);
        reset(socket);
      }
      case LATE_COMMIT -> {
        reset(socket);
        Future<?> unused =
            later.schedule(() -> forward(request), late.toMillis(), TimeUnit.MILLISECONDS);
      }
      case BAD_GATEWAY_AFTER_COMMIT -> {
        forward(request);
        send(socket, answer(502, "<html>Bad gateway</html>"));
      }
      case TRUNCATED -> {
        byte[] whole = forward(request);
        send(socket, Arrays.copyOf(whole, whole.length - 20));
      }
      case UNAVAILABLE_AT_ONCE -> send(socket, answer(503, "{}"));
      case UNAVAILABLE_AFTER_COMMIT -> {
        forward(request);
        send(socket, answer(503, "{}"));
      }
      case REQUEST_TIMEOUT -> send(socket, answer(408, "{}"));
      case THROTTLED -> send(socket, answer(429, "{}"));
    }
  }

  private byte[] forward(byte[] request) throws IOException {
    try (Socket to = behind.connect()) {
      to.getOutputStream().write(request);
      return message(new BufferedInputStream(to.getInputStream()), true);
    }
  }

  private static void send(Socket socket, byte[] answer) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(answer);
    out.flush();
  }

  private static void reset(Socket socket) throws SocketException, IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  private static byte[] answer(int status, String body) {
    return ("HTTP/1.1 "
            + status
            + " Fault\r\nRetry-After: 0\r\nContent-Type: application/json\r\nConnection: close\r\n"
            + "Content-Length: "
            + body.length()
            + "\r\n\r\n"
            + body)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Head and body; the head says that the connection carries nothing more. */
  private static byte[] message(InputStream in, boolean isAnswer) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int length = 0;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(line.substring(15).strip());
      }
      if (!lower.startsWith("connection:")
          && !lower.startsWith("upgrade:")
          && !lower.startsWith("http2-settings:")) {
        head.writeBytes((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    head.writeBytes("Connection: close\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
    head.writeBytes(isAnswer && length == 0 ? in.readAllBytes() : in.readNBytes(length));
    return head.toByteArray();
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
    later.shutdownNow();
  }
}
