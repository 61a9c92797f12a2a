package io.towpath.starter.codec;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.common.converter.DataConverterException;
import io.temporal.payload.codec.PayloadCodec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/**
 * Temporal's remote codec protocol on loopback: {@code POST /encode} and {@code POST /decode} take
 * and give {@code {"payloads": […]}} as protobuf's JSON (<a
 * href="https://docs.temporal.io/production-deployment/data-encryption">Temporal's
 * documentation</a>). A browser is answered for the allowed origins only.
 */
public final class CodecServer implements AutoCloseable {
  private static final int MAX_BYTES = 32 << 20;

  private final PayloadCodec codec;
  private final Set<String> origins;
  private final Optional<String> token;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(4);

  /**
   * Listens on loopback until closed.
   *
   * @param port 0 takes a free one
   * @param origins of the UIs that may ask, {@code http://localhost:8233}
   * @param token that callers send as {@code Authorization: Bearer …}; empty lets everybody on this
   *     machine decrypt
   * @throws IOException when the port is taken
   */
  public CodecServer(int port, PayloadCodec codec, Set<String> origins, Optional<String> token)
      throws IOException {
    this.codec = codec;
    this.origins = new TreeSet<>(origins);
    this.token = token;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 32);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String origin = exchange.getRequestHeaders().getFirst("Origin");
      if (origin != null) {
        if (!origins.contains(origin)) {
          send(exchange, 403, "this origin may not ask: " + origin.replaceAll("[^ -~]", "?"));
          return;
        }
        exchange.getResponseHeaders().set("Access-Control-Allow-Origin", origin);
        exchange.getResponseHeaders().set("Vary", "Origin");
      }
      switch (exchange.getRequestURI().getPath()) {
        case "/encode" -> asked(exchange, codec::encode);
        case "/decode" -> asked(exchange, codec::decode);
        default -> send(exchange, 404, "POST /encode or /decode");
      }
    }
  }

  private void asked(HttpExchange exchange, UnaryOperator<List<Payload>> doing) throws IOException {
    switch (exchange.getRequestMethod()) {
      case "OPTIONS" -> preflight(exchange);
      case "POST" -> post(exchange, doing);
      default -> {
        exchange.getResponseHeaders().set("Allow", "POST, OPTIONS");
        send(exchange, 405, "POST");
      }
    }
  }

  private static void preflight(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Access-Control-Allow-Methods", "POST, OPTIONS");
    exchange
        .getResponseHeaders()
        .set("Access-Control-Allow-Headers", "Authorization, Content-Type, X-Namespace");
    exchange.getResponseHeaders().set("Access-Control-Max-Age", "600");
    exchange.sendResponseHeaders(204, -1);
  }

  private void post(HttpExchange exchange, UnaryOperator<List<Payload>> doing) throws IOException {
    if (!knows(exchange.getRequestHeaders().getFirst("Authorization"))) {
      exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
      send(exchange, 401, "send Authorization: Bearer and the token of TOWPATH_CODEC_TOKEN");
      return;
    }
    byte[] body = exchange.getRequestBody().readNBytes(MAX_BYTES + 1);
    if (body.length > MAX_BYTES) {
      send(exchange, 413, "more than 32 MiB");
      return;
    }
    Payloads.Builder asked = Payloads.newBuilder();
    try {
      JsonFormat.parser()
          .ignoringUnknownFields()
          .merge(new String(body, StandardCharsets.UTF_8), asked);
    } catch (InvalidProtocolBufferException e) {
      send(exchange, 400, "no {\"payloads\": […]}");
      return;
    }
    List<Payload> done;
    try {
      done = doing.apply(asked.getPayloadsList());
    } catch (DataConverterException e) {
      send(exchange, 400, String.valueOf(e.getMessage()));
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    write(exchange, 200, JsonFormat.printer().print(Payloads.newBuilder().addAllPayloads(done)));
  }

  private boolean knows(String authorization) {
    return token
        .map(
            secret ->
                authorization != null
                    && MessageDigest.isEqual(
                        ("Bearer " + secret).getBytes(StandardCharsets.UTF_8),
                        authorization.getBytes(StandardCharsets.UTF_8)))
        .orElse(true);
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    write(exchange, status, text + "\n");
  }

  private static void write(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
