package io.towpath.worker;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A webhook that keeps what it was told, and answers as it is asked to. */
final class Hook implements AutoCloseable {
  private final HttpServer server;
  private final List<String> told = new CopyOnWriteArrayList<>();
  private volatile int status = 200;

  private Hook(HttpServer server) {
    this.server = server;
    server.createContext(
        "/",
        exchange -> {
          told.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
  }

  static Hook start() throws IOException {
    return new Hook(
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
  }

  /** The worker's setting that makes it the webhook {@code ops}. */
  String setting() {
    return "ops=http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
  }

  /** What it answers from now on, to messages that it keeps all the same. */
  void answer(int code) {
    status = code;
  }

  /** Messages that hold this text. */
  List<String> told(String text) {
    return told.stream().filter(message -> message.contains(text)).toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
