package io.towpath.sandbox.synapse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.control.Counters;
import io.towpath.sandbox.control.Faults;
import io.towpath.sandbox.control.Journal;
import io.towpath.sandbox.control.Mask;
import io.towpath.sandbox.http.PlatformServer;
import io.towpath.sandbox.s3.ObjectStore;
import io.towpath.sandbox.s3.S3Keys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A running stand-in with two people, and a plain HTTP client for it. */
final class TestSynapse implements AutoCloseable {
  static final SynapseAccount ANN =
      SynapseAccount.certified("3400001", "ann", "token-of-ann-0123456789");
  static final SynapseAccount BOB =
      SynapseAccount.certified("3400002", "bob", "token-of-bob-0123456789");
  static final SynapseAccount READER =
      new SynapseAccount(
          "3400003",
          "reader",
          "reader@example.org",
          "token-of-reader-01234567",
          true,
          Set.of("view"));
  static final String BUCKET = "synapse-own";

  final MovableClock clock = new MovableClock();
  final MemoryStore store = new MemoryStore();
  final SynapsePlatform platform;
  final Journal journal;
  final PlatformServer server;
  private final Path scratch;
  private final HttpClient http = HttpClient.newHttpClient();
  private String token = ANN.token();

  TestSynapse(boolean limits) {
    this(limits, Optional.empty());
  }

  TestSynapse(boolean limits, Optional<ObjectStore> otherStore) {
    try {
      scratch = Files.createTempDirectory("synapse-test");
    } catch (IOException noSpace) {
      throw new UncheckedIOException(noSpace);
    }
    SynapseSettings settings =
        new SynapseSettings(
            List.of(ANN, BOB, READER),
            limits,
            1,
            this::uri,
            clock,
            BUCKET,
            new S3Keys("key", "secret"),
            scratch);
    platform = new SynapsePlatform(otherStore.orElse(store), settings);
    journal = new Journal(clock, new Mask());
    server =
        new PlatformServer(
            platform, new PlatformServer.Watch(journal, new Counters(), new Faults()), 0);
  }

  URI uri() {
    return server.uri();
  }

  void actAs(SynapseAccount account) {
    token = account.token();
  }

  /** An answer, read whole. */
  record Answer(int status, JsonNode json, HttpResponse<byte[]> raw) {
    String text(String field) {
      return json.path(field).asText();
    }

    String reason() {
      return text("reason");
    }

    String body() {
      return new String(raw.body(), StandardCharsets.UTF_8);
    }
  }

  Answer get(String path) {
    return send(request(path).GET());
  }

  Answer delete(String path) {
    return send(request(path).DELETE());
  }

  Answer post(String path, JsonNode body) {
    return send(json(path).POST(HttpRequest.BodyPublishers.ofString(body.toString())));
  }

  Answer put(String path, JsonNode body) {
    return send(json(path).PUT(HttpRequest.BodyPublishers.ofString(body.toString())));
  }

  Answer put(String path) {
    return send(request(path).PUT(HttpRequest.BodyPublishers.noBody()));
  }

  HttpRequest.Builder request(String path) {
    URI uri = path.startsWith("http") ? URI.create(path) : URI.create(uri() + path);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    return path.startsWith("http") ? request : request.header("Authorization", "Bearer " + token);
  }

  private HttpRequest.Builder json(String path) {
    return request(path).header("Content-Type", "application/json; charset=UTF-8");
  }

  Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<byte[]> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      return new Answer(response.statusCode(), parse(response.body()), response);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  private static JsonNode parse(byte[] body) {
    try {
      return Json.MAPPER.readTree(body);
    } catch (IOException notJson) {
      return Json.object();
    }
  }

  ObjectNode entity(String type, String parentId, String name) {
    return Json.object()
        .put("concreteType", "org.sagebionetworks.repo.model." + type)
        .put("name", name)
        .put("parentId", parentId);
  }

  String project(String name) {
    return post(
            "/repo/v1/entity",
            Json.object().put("concreteType", EntityType.PROJECT.concreteType()).put("name", name))
        .text("id");
  }

  /** A new handle of an external file with this MD5. */
  String handle(String md5) {
    return post(
            "/file/v1/externalFileHandle",
            Json.object()
                .put("concreteType", "org.sagebionetworks.repo.model.file.ExternalFileHandle")
                .put("externalURL", "https://example.org/x")
                .put("contentMd5", md5))
        .text("id");
  }

  static String md5(int n) {
    return Md5.hex(Integer.toString(n).getBytes(StandardCharsets.UTF_8));
  }

  ObjectNode file(String parentId, String name, String handleId) {
    return entity("FileEntity", parentId, name).put("dataFileHandleId", handleId);
  }

  long committed(String route) {
    return journal.list(0, effect -> effect.route().equals(route) && effect.committed()).size();
  }

  Optional<String> header(Answer answer, String name) {
    return answer.raw().headers().firstValue(name);
  }

  @Override
  public void close() {
    server.close();
    try (var files = Files.list(scratch)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(scratch);
    } catch (IOException leftOver) {
      throw new UncheckedIOException(leftOver);
    }
  }
}
