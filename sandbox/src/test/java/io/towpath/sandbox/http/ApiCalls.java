package io.towpath.sandbox.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;

/** A client for tests: one base, the same headers with every call. */
public final class ApiCalls {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** An answer; the body is a missing node when it is no JSON. */
  public record Answer(int status, HttpHeaders headers, JsonNode body, String text) {
    public String at(String pointer) {
      return body.at(pointer).asText();
    }
  }

  private final String base;
  private final Map<String, String> headers;

  public ApiCalls(URI base, Map<String, String> headers) {
    this.base = base.toString();
    this.headers = Map.copyOf(headers);
  }

  public ApiCalls with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new ApiCalls(URI.create(base), more);
  }

  public ApiCalls anonymous() {
    return new ApiCalls(URI.create(base), Map.of());
  }

  public Answer get(String path) {
    return call("GET", path, "");
  }

  /** Apostrophes stand for quotes. */
  public Answer post(String path, String body) {
    return call("POST", path, body);
  }

  public Answer call(String method, String path, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')));
    headers.forEach(request::header);
    try {
      HttpResponse<String> reply =
          CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(reply.statusCode(), reply.headers(), tree(reply.body()), reply.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode tree(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return JsonNodeFactory.instance.missingNode();
    }
  }
}
