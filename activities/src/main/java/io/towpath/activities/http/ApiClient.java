package io.towpath.activities.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.towpath.workflows.failure.FailureKind;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;

/**
 * One exchange with one platform: no retry, no redirect, credentials on every call. Whether silence
 * is harmless depends on the call, so each method says what it does on the other side.
 */
public final class ApiClient {
  /** A call longer than this is over; always shorter than the activity that makes it. */
  public static final Duration CALL_TIMEOUT = Duration.ofSeconds(60);

  private static final int MOST_OF_A_REASON = 300;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final OkHttpClient http;
  private final RateBudget budget;
  private final String platform;
  private final Function<JsonNode, String> reason;

  /**
   * @param http shared client; redirects and retries are turned off here
   * @param platform the platform's name, for messages
   * @param budget quota of the credential
   * @param authorize adds the credential to a request
   * @param reason finds the platform's own words in an error body
   */
  public ApiClient(
      OkHttpClient http,
      String platform,
      RateBudget budget,
      Function<Request, Request> authorize,
      Function<JsonNode, String> reason) {
    this.http =
        http.newBuilder()
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(false)
            .callTimeout(CALL_TIMEOUT)
            .addInterceptor(chain -> chain.proceed(authorize.apply(chain.request())))
            .build();
    this.platform = platform;
    this.budget = budget;
    this.reason = reason;
  }

  /** Reads; silence means {@code PLATFORM_UNAVAILABLE}. */
  public JsonNode get(HttpUrl url) {
    return json(new Request.Builder().url(url).get().build(), false);
  }

  /** Reads by a POST that changes nothing. */
  public JsonNode query(HttpUrl url, JsonNode body) {
    return json(new Request.Builder().url(url).post(OneShotJson.of(body)).build(), false);
  }

  /** Reads a text or a small file of at most {@code limit} bytes, cut there. */
  public byte[] bytes(HttpUrl url, int limit) {
    return exchange(
        new Request.Builder().url(url).get().build(),
        false,
        body -> {
          okio.BufferedSource source = body.source();
          source.request(limit);
          return source.readByteArray(Math.min(limit, source.getBuffer().size()));
        });
  }

  /** Changes state; sent at most once, so silence means {@code OUTCOME_UNKNOWN}. */
  public JsonNode post(HttpUrl url, JsonNode body) {
    return json(new Request.Builder().url(url).post(OneShotJson.of(body)).build(), true);
  }

  /** Changes state; sent at most once, so silence means {@code OUTCOME_UNKNOWN}. */
  public JsonNode put(HttpUrl url, JsonNode body) {
    return json(new Request.Builder().url(url).put(OneShotJson.of(body)).build(), true);
  }

  /** Changes state by its path alone; sent at most once. */
  public JsonNode post(HttpUrl url) {
    return json(new Request.Builder().url(url).post(OneShotJson.none()).build(), true);
  }

  private JsonNode json(Request request, boolean changes) {
    return exchange(
        request,
        changes,
        body -> {
          byte[] bytes = body.bytes();
          return bytes.length == 0 ? MissingNode.getInstance() : JSON.readTree(bytes);
        });
  }

  private interface Reader<T> {
    T read(ResponseBody body) throws IOException;
  }

  private <T> T exchange(Request request, boolean changes, Reader<T> reader) {
    budget.acquire();
    try (Response response = http.newCall(request).execute()) {
      if (response.isSuccessful()) {
        return readable(request, response, changes, reader);
      }
      throw refused(request, response, changes);
    } catch (IOException e) {
      throw new PlatformException(
          onSilence(changes),
          what(request) + " got no answer: " + e.getClass().getSimpleName(),
          0,
          Optional.empty(),
          e);
    } finally {
      budget.release();
    }
  }

  private <T> T readable(Request request, Response response, boolean changes, Reader<T> reader) {
    try {
      return reader.read(response.body());
    } catch (IOException e) {
      throw new PlatformException(
          onSilence(changes),
          what(request) + " answered HTTP " + response.code() + " with a body that cannot be read",
          response.code(),
          Optional.empty(),
          e);
    }
  }

  private PlatformException refused(Request request, Response response, boolean changes)
      throws IOException {
    int status = response.code();
    FailureKind kind = kindOf(status, changes);
    Optional<Duration> retryAfter = retryAfter(response.header("Retry-After"));
    if (status == 429) {
      budget.pause(retryAfter.orElse(Duration.ofSeconds(1)));
    }
    String words = words(response.peekBody(8_192).bytes());
    return new PlatformException(
        kind,
        what(request) + " answered HTTP " + status + (words.isEmpty() ? "" : ": " + words),
        status,
        retryAfter,
        null);
  }

  /**
   * Judges a status. Of a call that changes something, every answer that is neither a success nor a
   * clear refusal leaves the outcome unknown.
   */
  static FailureKind kindOf(int status, boolean changes) {
    return switch (status) {
      case 401, 403 -> FailureKind.ACCESS_DENIED;
      case 429 -> FailureKind.PLATFORM_UNAVAILABLE;
      case 409 -> FailureKind.CONFLICT;
      case 408, 425 -> onSilence(changes);
      default -> status >= 400 && status < 500 ? FailureKind.INPUT_REJECTED : onSilence(changes);
    };
  }

  private static FailureKind onSilence(boolean changes) {
    return changes ? FailureKind.OUTCOME_UNKNOWN : FailureKind.PLATFORM_UNAVAILABLE;
  }

  private String what(Request request) {
    return platform + " " + request.method() + " " + request.url().encodedPath();
  }

  private String words(byte[] body) {
    try {
      String found = reason.apply(JSON.readTree(body));
      String oneLine = Redaction.of(found.replaceAll("\\s+", " ").strip());
      return oneLine.length() <= MOST_OF_A_REASON
          ? oneLine
          : oneLine.substring(0, MOST_OF_A_REASON) + "…";
    } catch (IOException e) {
      return "";
    }
  }

  private static Optional<Duration> retryAfter(@org.jspecify.annotations.Nullable String header) {
    if (header == null || !header.strip().toLowerCase(Locale.ROOT).matches("\\d{1,5}")) {
      return Optional.empty();
    }
    return Optional.of(Duration.ofSeconds(Math.max(1, Long.parseLong(header.strip()))));
  }
}
