package io.towpath.activities.transfer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.towpath.activities.store.S3Clients;
import io.towpath.activities.store.S3Settings;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.transfer.OutputFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** An S3 that has one object, with headers that S3Proxy has not: encryption, storage class. */
final class OneObject implements AutoCloseable {
  static final String ETAG = "0123456789abcdef0123456789abcdef";

  private final byte[] content;
  private final Map<String, String> headers;
  private final AtomicInteger reads = new AtomicInteger();
  private final HttpServer server;
  private final S3Clients clients;

  OneObject(String content, Map<String, String> headers) {
    this.content = content.getBytes(StandardCharsets.UTF_8);
    this.headers = headers;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
    clients =
        new S3Clients(
            new S3Settings(
                Optional.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort())),
                Optional.of("us-east-1"),
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create("user", "secret-of-the-user"))));
  }

  OutputChecksums.Checked check() {
    return check(ETAG);
  }

  /** Checks an output that was listed with this ETag. */
  OutputChecksums.Checked check(String etag) {
    return new OutputChecksums(clients.repeating())
        .check(
            new OutputFile(
                new S3Uri("s3://one-bucket/out/a.bam"),
                "a.bam",
                content.length,
                etag,
                Optional.empty()));
  }

  /** How often the bytes were read. */
  int reads() {
    return reads.get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.getResponseHeaders().set("ETag", "\"" + ETAG + "\"");
    headers.forEach(exchange.getResponseHeaders()::set);
    if (head) {
      exchange.getResponseHeaders().set("Content-Length", String.valueOf(content.length));
      exchange.sendResponseHeaders(200, -1);
    } else {
      reads.incrementAndGet();
      exchange.sendResponseHeaders(200, content.length);
      exchange.getResponseBody().write(content);
    }
    exchange.close();
  }

  @Override
  public void close() {
    clients.close();
    server.stop(0);
  }
}
