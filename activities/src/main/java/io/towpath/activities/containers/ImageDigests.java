package io.towpath.activities.containers;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.outside.OpenInternet;
import io.towpath.activities.store.S3Documents;
import io.towpath.workflows.failure.FailureKind;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Asks registries for the digest that a tag names (OCI distribution), with the worker's login where
 * it has one. Requests name the host, so unless the worker's settings name it too it must lie on
 * the open internet. What a tag names is pinned as it is: an index serves all platforms. A registry
 * that redirects is not followed: its digests are had by name.
 */
public final class ImageDigests {
  private static final String MANIFESTS =
      String.join(
          ", ",
          "application/vnd.oci.image.index.v1+json",
          "application/vnd.oci.image.manifest.v1+json",
          "application/vnd.docker.distribution.manifest.list.v2+json",
          "application/vnd.docker.distribution.manifest.v2+json");
  private static final Pattern CHALLENGE = Pattern.compile("(\\w+)=\"([^\"]*)\"");
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

  private final OkHttpClient http;
  private final OpenInternet internet;
  private final Set<String> trusted;
  private final RegistryLogins logins;

  /**
   * @param http shared client; redirects and retries are turned off here
   * @param trusted registries, {@code host[:port]}, that may lie inside ({@code TOWPATH_REGISTRY});
   *     http only where they are this machine
   * @param logins sent to the registry that they are for, and to where it says that tokens are had
   */
  public ImageDigests(
      OkHttpClient http, OpenInternet internet, Set<String> trusted, RegistryLogins logins) {
    this.http =
        http.newBuilder()
            .followRedirects(false)
            .retryOnConnectionFailure(false)
            .callTimeout(Duration.ofSeconds(30))
            .build();
    this.internet = internet;
    this.trusted = Set.copyOf(trusted);
    this.logins = logins;
  }

  /**
   * {@code name@sha256:…} of what the tag names now. Fails with {@code INPUT_REJECTED} if there is
   * no such image, with {@code ACCESS_DENIED} if the registry wants credentials.
   */
  String pinned(String image) {
    ImageName name = ImageName.of(image);
    return ImageName.withoutTag(image) + "@" + name.digest().orElseGet(() -> digest(image, name));
  }

  private String digest(String image, ImageName name) {
    HttpUrl url = url(image, name);
    Request head = new Request.Builder().url(url).head().header("Accept", MANIFESTS).build();
    try (Response first = ask(head)) {
      if (first.code() != 401) {
        return digest(image, first);
      }
      String challenge = Optional.ofNullable(first.header("WWW-Authenticate")).orElse("");
      Request again = head.newBuilder().header("Authorization", token(image, challenge)).build();
      try (Response second = ask(again)) {
        return digest(image, second);
      }
    } catch (IOException e) {
      throw new PlatformException(
          FailureKind.PLATFORM_UNAVAILABLE,
          "registry " + name.host() + " gives no answer: " + e.getClass().getSimpleName(),
          0,
          Optional.empty(),
          e);
    }
  }

  private HttpUrl url(String image, ImageName name) {
    HttpUrl base =
        Optional.ofNullable(HttpUrl.parse("https://" + name.host() + "/"))
            .orElseThrow(() -> refused(image, "its host is none"));
    boolean plain = trusted.contains(name.host()) && LOOPBACK.contains(base.host());
    return base.newBuilder()
        .scheme(plain ? "http" : "https")
        .port(plain && !name.host().contains(":") ? 80 : base.port())
        .addPathSegment("v2")
        .addPathSegments(name.path())
        .addPathSegment("manifests")
        .addPathSegment(name.tag())
        .build();
  }

  private Response ask(Request request) throws IOException {
    String host = request.url().host();
    boolean inside = trusted.contains(host) || trusted.contains(host + ":" + request.url().port());
    return inside ? http.newCall(request).execute() : internet.ask(request);
  }

  /** What the challenge asks for: the login itself, or a token from where it says. */
  private String token(String image, String challenge) throws IOException {
    Map<String, String> fields = new HashMap<>();
    Matcher matcher = CHALLENGE.matcher(challenge);
    while (matcher.find()) {
      fields.put(matcher.group(1).toLowerCase(Locale.ROOT), matcher.group(2));
    }
    Optional<RegistryLogin> login = logins.of(image);
    if (challenge.startsWith("Basic ") && login.isPresent()) {
      return login.get().basic();
    }
    HttpUrl realm = HttpUrl.parse(fields.getOrDefault("realm", ""));
    if (!challenge.startsWith("Bearer ") || realm == null) {
      throw denied(image);
    }
    HttpUrl.Builder url = realm.newBuilder();
    for (String field : new String[] {"service", "scope"}) {
      if (fields.containsKey(field)) {
        url.addQueryParameter(field, fields.get(field));
      }
    }
    Request.Builder request = new Request.Builder().url(url.build()).get();
    login.ifPresent(known -> request.header("Authorization", known.basic()));
    try (Response answer = ask(request.build())) {
      if (!answer.isSuccessful()) {
        throw denied(image);
      }
      JsonNode body = S3Documents.JSON.readTree(answer.body().bytes());
      return "Bearer " + body.path("token").asText(body.path("access_token").asText(""));
    }
  }

  private static String digest(String image, Response answer) {
    int status = answer.code();
    String digest = Optional.ofNullable(answer.header("Docker-Content-Digest")).orElse("");
    if (status == 200 && digest.matches("sha256:[0-9a-f]{64}")) {
      return digest;
    }
    if (status == 401 || status == 403) {
      throw denied(image);
    }
    if (status == 429 || status >= 500) {
      throw new PlatformException(
          FailureKind.PLATFORM_UNAVAILABLE,
          "the registry of " + image + " answered HTTP " + status,
          status,
          Optional.empty(),
          null);
    }
    throw refused(
        image,
        status == 404
            ? "the registry has no such name or tag"
            : "the registry answered HTTP " + status + " without a digest");
  }

  private static PlatformException denied(String image) {
    return new PlatformException(
        FailureKind.ACCESS_DENIED,
        "the registry of "
            + image
            + " lets the worker not read it, or there is none such; give the worker a login"
            + " (TOWPATH_REGISTRY_LOGINS), or name the image by its digest,"
            + " name@sha256:<digest>");
  }

  private static PlatformException refused(String image, String why) {
    return new PlatformException(
        FailureKind.INPUT_REJECTED,
        image + " does not resolve: " + why + "; expected [host[:port]/]name:tag");
  }
}
