package io.towpath.activities.samplesheet;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.outside.OpenInternet;
import io.towpath.activities.store.Digests;
import io.towpath.activities.store.S3Documents;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.samplesheet.SchemaRef;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;

/**
 * Gets schemas: those of a pipeline from the place that the operator names, without redirects;
 * others only from the open internet and with the SHA-256 that the request states.
 */
public final class SchemaSource {
  /** Longer schemas are refused. */
  static final int MOST_BYTES = 4 << 20;

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final OkHttpClient own;
  private final OpenInternet internet;
  private final URI pipelines;

  /**
   * @param pipelines base under which {@code nf-core/NAME/REVISION/assets/schema_input.json} lies
   */
  public SchemaSource(OkHttpClient http, URI pipelines) {
    this.own =
        http.newBuilder()
            .followRedirects(false)
            .followSslRedirects(false)
            .callTimeout(TIMEOUT)
            .build();
    this.internet = new OpenInternet(own);
    this.pipelines = pipelines;
  }

  /**
   * A schema and the SHA-256 of its bytes.
   *
   * @param sha256 lower-case hex
   */
  record Schema(JsonNode root, String sha256) {}

  /**
   * Fails with {@code INPUT_REJECTED} when the schema is not there, is no JSON or has another
   * digest, and with {@code PLATFORM_UNAVAILABLE} when nobody answers.
   *
   * @param file file in a pipeline's repository
   */
  Schema get(SchemaRef ref, String file) {
    if (!ref.inline().isEmpty()) {
      JsonNode root = S3Documents.JSON.valueToTree(ref.inline());
      return new Schema(root, Digests.sha256(root.toString().getBytes(StandardCharsets.UTF_8)));
    }
    byte[] bytes = ref.url().isEmpty() ? ofPipeline(ref, file) : byUrl(ref);
    String sha256 = Digests.sha256(bytes);
    if (!ref.sha256().isEmpty() && !ref.sha256().equals(sha256)) {
      throw rejected(
          ref.url()
              + " has SHA-256 "
              + sha256
              + ", the request states "
              + ref.sha256()
              + "; look at what changed, then state the new digest");
    }
    try {
      return new Schema(S3Documents.JSON.readTree(bytes), sha256);
    } catch (IOException e) {
      throw rejected(where(ref, file) + " is no JSON; expected a JSON Schema");
    }
  }

  private byte[] ofPipeline(SchemaRef ref, String file) {
    HttpUrl base = HttpUrl.get(pipelines.toString());
    HttpUrl url =
        base.newBuilder()
            .addPathSegments(ref.pipeline())
            .addPathSegments(ref.revision())
            .addPathSegments(file)
            .build();
    String what = where(ref, file);
    try (Response response = own.newCall(new Request.Builder().url(url).build()).execute()) {
      return read(response, what);
    } catch (IOException e) {
      throw silent(what, e);
    }
  }

  private byte[] byUrl(SchemaRef ref) {
    String what = Shortened.of(ref.url().replaceFirst("[?#].*$", ""));
    try (Response response = internet.get(ref.url(), 0, -1)) {
      return read(response, what);
    } catch (IOException e) {
      throw silent(what, e);
    }
  }

  private static byte[] read(Response response, String what) throws IOException {
    if (response.isRedirect()) {
      throw rejected(what + " is answered by a redirect, which is not followed; name its target");
    }
    if (response.code() >= 500 || response.code() == 429) {
      throw unavailable(what + " is answered by HTTP " + response.code(), null);
    }
    if (response.code() != 200) {
      throw rejected(
          what + " is answered by HTTP " + response.code() + "; look at name and revision");
    }
    BufferedSource source = response.body().source();
    if (source.request(MOST_BYTES + 1L)) {
      throw rejected(what + " is longer than " + MOST_BYTES + " bytes");
    }
    return source.readByteArray();
  }

  private static String where(SchemaRef ref, String file) {
    return ref.pipeline().isEmpty()
        ? Shortened.of(ref.url())
        : file + " of " + ref.pipeline() + " at " + ref.revision();
  }

  private static PlatformException silent(String what, IOException e) {
    return unavailable(
        what + " cannot be fetched: " + e.getClass().getSimpleName().toLowerCase(Locale.ROOT), e);
  }

  private static PlatformException rejected(String text) {
    return new PlatformException(FailureKind.INPUT_REJECTED, text);
  }

  private static PlatformException unavailable(
      String text, @org.jspecify.annotations.Nullable IOException cause) {
    return new PlatformException(
        FailureKind.PLATFORM_UNAVAILABLE, text, 0, Optional.empty(), cause);
  }
}
