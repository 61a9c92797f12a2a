package io.towpath.activities.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.towpath.workflows.failure.FailureKind;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Exchanges with one platform: no redirect, credentials on every call, and no retry but of a read
 * that the platform refused as too early. Whether silence is harmless depends on the call, so each
 * method says what it does on the other side.
 */
public final class ApiClient {
  /** A call longer than this is over; always shorter than the activity that makes it. */
  public static final Duration CALL_TIMEOUT = Duration.ofSeconds(60);

  /** A read whose second turn would come later than that leaves it to the next attempt. */
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(20);

  private static final Duration SHORT_PAUSE = Duration.ofSeconds(1);
  private static final String ONLY = "default";
  private static final int MOST_OF_A_REASON = 300;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final OkHttpClient http;
  private final RateBudget budget;
  private final String platform;
  private final Dialect dialect;
  private final ApiCall call;

  /**
   * A client under an account that others use too.
   *
   * @param http shared client; redirects and retries are turned off here
   * @param platform the platform's name, for messages
   */
  public ApiClient(OkHttpClient http, String platform, ApiAccount account) {
    this(
        http,
        new ApiCall(platform, account.name(), account.dialect()),
        account.budget(),
        account.authorize());
  }

  /**
   * A client of the only account that there is.
   *
   * @param http shared client; redirects and retries are turned off here
   * @param platform the platform's name, for messages
   * @param budget quota of the credential
   * @param authorize adds the credential to a request
   * @param dialect how the platform words its refusals and counts its quota
   */
  public ApiClient(
      OkHttpClient http,
      String platform,
      RateBudget budget,
      Function<Request, Request> authorize,
      Dialect dialect) {
    this(http, new ApiCall(platform, ONLY, dialect), budget, authorize);
  }

  private ApiClient(
      OkHttpClient http, ApiCall call, RateBudget budget, Function<Request, Request> authorize) {
    this.http =
        http.newBuilder()
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(false)
            .callTimeout(CALL_TIMEOUT)
            .addInterceptor(chain -> chain.proceed(authorize.apply(chain.request())))
            .build();
    this.platform = call.platform();
    this.budget = budget;
    this.dialect = call.dialect();
    this.call = call;
  }

  /** The quota that every call waits for. */
  public RateBudget quota() {
    return budget;
  }

  /** What came back, of a platform that says things in headers too. */
  public record Answer(JsonNode body, Headers headers) {}

  /** Reads; silence means {@code PLATFORM_UNAVAILABLE}. */
  public JsonNode get(HttpUrl url) {
    return read(() -> request(url).get().build(), ApiClient::tree);
  }

  /** Reads, with the headers. */
  public Answer answer(HttpUrl url) {
    return read(
        () -> request(url).get().build(),
        response -> new Answer(tree(response), response.headers()));
  }

  /** Reads by a POST that changes nothing. */
  public JsonNode query(HttpUrl url, JsonNode body) {
    return read(() -> request(url).post(OneShotJson.of(body)).build(), ApiClient::tree);
  }

  /** Reads a text or a small file of at most {@code limit} bytes, cut there. */
  public byte[] bytes(HttpUrl url, int limit) {
    return read(
        () -> request(url).get().build(),
        response -> {
          okio.BufferedSource source = response.body().source();
          source.request(limit);
          return source.readByteArray(Math.min(limit, source.getBuffer().size()));
        });
  }

  /** Changes state; sent at most once, so silence means {@code OUTCOME_UNKNOWN}. */
  public JsonNode post(HttpUrl url, JsonNode body) {
    return change(request(url).post(OneShotJson.of(body)).build());
  }

  /** Changes state; sent at most once, so silence means {@code OUTCOME_UNKNOWN}. */
  public JsonNode put(HttpUrl url, JsonNode body) {
    return change(request(url).put(OneShotJson.of(body)).build());
  }

  /** Changes state by bytes that are no JSON; sent at most once. */
  public JsonNode put(HttpUrl url, String contentType, byte[] body) {
    return change(request(url).put(OneShotJson.ofBytes(contentType, body)).build());
  }

  /** Changes state; sent at most once, so silence means {@code OUTCOME_UNKNOWN}. */
  public JsonNode patch(HttpUrl url, JsonNode body) {
    return change(request(url).patch(OneShotJson.of(body)).build());
  }

  /** Changes state by its path alone; sent at most once. */
  public JsonNode post(HttpUrl url) {
    return change(request(url).post(OneShotJson.none()).build());
  }

  /** Deletes; sent at most once, so silence means {@code OUTCOME_UNKNOWN}. */
  public void delete(HttpUrl url) {
    change(request(url).delete(OneShotJson.none()).build());
  }

  private Request.Builder request(HttpUrl url) {
    return new Request.Builder().url(url).tag(ApiCall.class, call);
  }

  private JsonNode change(Request request) {
    return exchange(request, true, ApiClient::tree);
  }

  /** What came too early waits for its turn once more: long loops would begin anew otherwise. */
  private <T> T read(Supplier<Request> request, Reader<T> reader) {
    long began = System.nanoTime();
    try {
      return exchange(request.get(), false, reader);
    } catch (PlatformException early) {
      Duration waited = Duration.ofNanos(System.nanoTime() - began);
      Duration until = waited.plus(early.retryAfter().orElse(SHORT_PAUSE));
      if (early.status() != 429 || until.compareTo(LONGEST_SILENCE) > 0) {
        throw early;
      }
      return exchange(request.get(), false, reader);
    }
  }

  private static JsonNode tree(Response response) throws IOException {
    byte[] bytes = response.body().bytes();
    return bytes.length == 0 ? MissingNode.getInstance() : JSON.readTree(bytes);
  }

  private interface Reader<T> {
    T read(Response response) throws IOException;
  }

  private <T> T exchange(Request request, boolean changes, Reader<T> reader) {
    budget.acquire();
    try (Response response = http.newCall(request).execute()) {
      dialect.quota(response.headers()).ifPresent(budget::observe);
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
      return reader.read(response);
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
    JsonNode error = error(response.peekBody(8_192).bytes());
    int status = dialect.statusOf(response.code(), error);
    Optional<Duration> retryAfter = dialect.retryAfter(status, error, response.headers());
    if (status == 429) {
      budget.pause(retryAfter.orElse(SHORT_PAUSE));
    }
    String words = words(error);
    String id = response.header("X-Request-Id", "");
    if (status == 401 && Signed.outdated(response.request())) {
      return new PlatformException(
          FailureKind.PLATFORM_UNAVAILABLE,
          what(request) + " answered HTTP 401, and the credential was replaced; asks with that one",
          status,
          Optional.of(Duration.ofSeconds(1)),
          null);
    }
    return new PlatformException(
        kindOf(status, changes),
        what(request)
            + " answered HTTP "
            + response.code()
            + (words.isEmpty() ? "" : ": " + words)
            + (id.isEmpty() ? "" : " (request " + shortened(id) + ")"),
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

  /** An answer without JSON, such as a proxy's page, has no words of the platform. */
  private static JsonNode error(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  private String words(JsonNode error) {
    return shortened(dialect.words(error));
  }

  private static String shortened(String text) {
    String oneLine = Redaction.of(text.replaceAll("\\s+", " ").strip());
    return oneLine.length() <= MOST_OF_A_REASON
        ? oneLine
        : oneLine.substring(0, MOST_OF_A_REASON) + "…";
  }
}
