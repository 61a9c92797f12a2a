package io.towpath.activities.containers.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.towpath.activities.containers.RegistryLogin;
import io.towpath.activities.http.ApiClient;
import io.towpath.activities.http.OneShotJson;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.http.RateBudget;
import io.towpath.activities.http.Redaction;
import io.towpath.workflows.failure.FailureKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;

/** The Docker Engine API: one method, one endpoint, one call. */
final class DockerClient {
  private static final String VERSION = "v1.41";
  private static final int CALLS_A_MINUTE = 6_000;
  private static final int AT_ONCE = 16;

  /** The engine speaks of its progress all the time; longer silence is an outage. */
  private static final Duration PULL_SILENCE = Duration.ofMinutes(2);

  private final HttpUrl base;
  private final ApiClient api;
  private final OkHttpClient pulls;

  DockerClient(OkHttpClient http, DockerConnection connection) {
    boolean socket = "unix".equals(connection.host().getScheme());
    OkHttpClient client = socket ? overSocket(http, connection) : http;
    // Engines are near, and a pooled connection may be closed when its turn comes.
    client =
        client
            .newBuilder()
            .retryOnConnectionFailure(false)
            .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
            .build();
    this.base =
        HttpUrl.get(
            socket
                ? "http://localhost/"
                : "http://" + connection.host().getHost() + ":" + connection.host().getPort());
    this.pulls =
        client
            .newBuilder()
            .followRedirects(false)
            .callTimeout(Duration.ZERO)
            .readTimeout(PULL_SILENCE)
            .build();
    this.api =
        new ApiClient(
            client,
            "Docker",
            new RateBudget(CALLS_A_MINUTE, Duration.ofMinutes(1), AT_ONCE),
            request -> request,
            new DockerDialect());
  }

  private static OkHttpClient overSocket(OkHttpClient http, DockerConnection connection) {
    return http.newBuilder()
        .proxy(Proxy.NO_PROXY)
        .dns(host -> List.of(InetAddress.getLoopbackAddress()))
        .socketFactory(UnixSocket.factory(Path.of(connection.host().getPath())))
        .build();
  }

  /** The quota of every call. */
  RateBudget quota() {
    return api.quota();
  }

  /** {@code GET /version}. */
  JsonNode version() {
    return api.get(url("version"));
  }

  /** {@code GET /info}. */
  JsonNode info() {
    return api.get(url("info"));
  }

  /** {@code GET /images/{name}/json}; empty when the engine does not hold it. */
  Optional<JsonNode> image(String name) {
    return present(url().addPathSegment("images").addPathSegments(name).addPathSegment("json"));
  }

  /** {@code POST /images/create}: pulls it; may be repeated. Its answer tells of failures too. */
  void pull(String image, Optional<RegistryLogin> login, Runnable alive) {
    HttpUrl url =
        url("images", "create").newBuilder().addQueryParameter("fromImage", image).build();
    Request.Builder request = new Request.Builder().url(url).post(OneShotJson.none());
    login.ifPresent(known -> request.header("X-Registry-Auth", known.forEngine()));
    try (Response response = pulls.newCall(request.build()).execute()) {
      BufferedSource lines = response.body().source();
      String last = "";
      for (String line = lines.readUtf8Line(); line != null; line = lines.readUtf8Line()) {
        alive.run();
        last = line.contains("\"error\"") || !response.isSuccessful() ? line : last;
      }
      if (!response.isSuccessful() || !last.isEmpty()) {
        throw new PlatformException(
            response.code() >= 500 ? FailureKind.PLATFORM_UNAVAILABLE : FailureKind.INPUT_REJECTED,
            image
                + " cannot be pulled (HTTP "
                + response.code()
                + "): "
                + Redaction.of(last)
                + (login.isPresent() ? "" : "; the worker has no login for its registry"),
            response.code(),
            Optional.empty(),
            null);
      }
    } catch (IOException e) {
      throw new PlatformException(
          FailureKind.PLATFORM_UNAVAILABLE,
          "pulling " + image + " broke off: " + e.getClass().getSimpleName(),
          0,
          Optional.empty(),
          e);
    }
  }

  /** {@code GET /containers/{name}/json}, by name or id; empty when there is none. */
  Optional<JsonNode> container(String name) {
    return present(url("containers", name, "json").newBuilder());
  }

  /** {@code GET /containers/json}: those that run and bear a label. */
  JsonNode running(String label) {
    JsonNode filters =
        JsonNodeFactory.instance
            .objectNode()
            .set("label", JsonNodeFactory.instance.arrayNode().add(label));
    return api.get(
        url("containers", "json")
            .newBuilder()
            .addQueryParameter("filters", filters.toString())
            .build());
  }

  /** {@code POST /containers/create}: the new container's id. */
  String create(String name, JsonNode body) {
    return api.post(
            url("containers", "create").newBuilder().addQueryParameter("name", name).build(), body)
        .path("Id")
        .asText("");
  }

  /** {@code PUT /containers/{id}/archive}: unpacks a tar at the root; may be repeated. */
  void putFiles(String id, byte[] tar) {
    api.put(
        url("containers", id, "archive").newBuilder().addQueryParameter("path", "/").build(),
        "application/x-tar",
        tar);
  }

  /** {@code POST /containers/{id}/start}. On one that has exited it runs the program again. */
  void start(String id) {
    settled(() -> api.post(url("containers", id, "start")));
  }

  /** {@code POST /containers/{id}/stop}: SIGTERM, then SIGKILL; returns when it has ended. */
  void stop(String id, Duration grace) {
    HttpUrl.Builder url = url("containers", id, "stop").newBuilder();
    settled(
        () ->
            api.post(
                url.addQueryParameter("t", String.valueOf(Math.max(0, grace.toSeconds())))
                    .build()));
  }

  /** {@code DELETE /containers/{id}}; fails on one that runs. */
  void remove(String id) {
    settled(() -> api.delete(url("containers", id)));
  }

  /** {@code GET /containers/{id}/logs}: frames of both streams, of at most {@code most} bytes. */
  byte[] logs(String id, int most) {
    return api.bytes(
        url("containers", id, "logs")
            .newBuilder()
            .addQueryParameter("stdout", "1")
            .addQueryParameter("stderr", "1")
            .build(),
        most);
  }

  /** 304: it is in that state already. */
  private static void settled(Runnable call) {
    try {
      call.run();
    } catch (PlatformException e) {
      if (e.status() != 304) {
        throw e;
      }
    }
  }

  private Optional<JsonNode> present(HttpUrl.Builder url) {
    try {
      return Optional.of(api.get(url.build()));
    } catch (PlatformException e) {
      if (e.status() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private HttpUrl.Builder url() {
    return base.newBuilder().addPathSegment(VERSION);
  }

  private HttpUrl url(String... path) {
    HttpUrl.Builder url = url();
    for (String segment : path) {
      url.addPathSegment(segment);
    }
    return url.build();
  }
}
