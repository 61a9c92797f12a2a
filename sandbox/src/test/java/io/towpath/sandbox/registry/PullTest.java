package io.towpath.sandbox.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.towpath.sandbox.control.Counters;
import io.towpath.sandbox.control.Faults;
import io.towpath.sandbox.control.Journal;
import io.towpath.sandbox.control.Mask;
import io.towpath.sandbox.http.ApiCalls;
import io.towpath.sandbox.http.ApiCalls.Answer;
import io.towpath.sandbox.http.PlatformServer;
import io.towpath.sandbox.image.Digest;
import io.towpath.sandbox.image.ImageRegistry;
import io.towpath.sandbox.image.MediaType;
import io.towpath.sandbox.image.OciImage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(30)
final class PullTest {
  private static final String NAME = "/v2/demo/tool";
  private static final String SCOPE = "scope=repository:demo/tool:pull";

  private Instant now = Instant.parse("2026-11-24T12:00:00Z");
  private final InstantSource clock = () -> now;
  private final ImageRegistry registry = new ImageRegistry();
  private final String digest = registry.publish("demo/tool", "1.0", image("one"));
  private final PlatformServer server =
      new PlatformServer(
          new RegistryPlatform(registry, clock, Duration.ofMinutes(5)),
          new PlatformServer.Watch(new Journal(clock, new Mask()), new Counters(), new Faults()),
          0);
  private final ApiCalls anybody = new ApiCalls(server.uri(), Map.of());
  private final ApiCalls api = with(SCOPE).with("Accept", MediaType.INDEX);

  private static OciImage image(String text) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    return OciImage.build(
        List.of(new OciImage.File("etc/text", 0644, content)),
        JsonNodeFactory.instance.objectNode(),
        List.of("amd64", "arm64"));
  }

  private ApiCalls with(String scope) {
    String token = anybody.get("/token?service=x&" + scope).at("/token");
    return new ApiCalls(server.uri(), Map.of("Authorization", "Bearer " + token));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void whoever_has_no_token_is_told_where_to_get_one() {
    Answer refused = anybody.get(NAME + "/manifests/1.0");

    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.headers().firstValue("WWW-Authenticate"))
        .contains(
            "Bearer realm=\"%s/token\",service=\"towpath-registry\",scope=\"repository:demo/tool:pull\""
                .formatted(server.uri()));
    assertThat(refused.at("/errors/0/code")).isEqualTo("UNAUTHORIZED");
    assertThat(with("").get("/v2/").status()).isEqualTo(200);
  }

  @Test
  void a_token_is_good_for_its_repository_and_for_a_while() {
    Answer other = with("scope=repository:demo/other:pull").get(NAME + "/tags/list");
    assertThat(other.status()).isEqualTo(401);
    assertThat(other.headers().firstValue("WWW-Authenticate").orElse(""))
        .contains("error=\"insufficient_scope\"");

    now = now.plus(Duration.ofMinutes(5));
    assertThat(api.get(NAME + "/tags/list").status()).isEqualTo(401);
  }

  @Test
  void a_tag_names_an_index_by_its_digest() {
    Answer head = api.call("HEAD", NAME + "/manifests/1.0", "");
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.headers().firstValue("Docker-Content-Digest")).contains(digest);
    assertThat(head.headers().firstValue("Content-Type")).contains(MediaType.INDEX);
    assertThat(head.text()).isEmpty();

    Answer index = api.get(NAME + "/manifests/" + digest);
    assertThat(Digest.of(index.text().getBytes(StandardCharsets.UTF_8))).isEqualTo(digest);
    assertThat(index.body().path("manifests").findValuesAsText("architecture"))
        .containsExactly("amd64", "arm64");
  }

  @Test
  void a_tag_can_move_and_the_digest_still_names_what_it_named() {
    registry.publish("demo/tool", "1.0", image("two"));

    assertThat(header(api.get(NAME + "/manifests/1.0")))
        .isNotEmpty()
        .isNotEqualTo(Optional.of(digest));
    assertThat(header(api.get(NAME + "/manifests/" + digest))).contains(digest);
  }

  private static Optional<String> header(Answer answer) {
    return answer.headers().firstValue("Docker-Content-Digest");
  }

  @Test
  void a_manifest_is_shown_to_whoever_accepts_its_type() {
    Answer refused = with(SCOPE).get(NAME + "/manifests/1.0");
    assertThat(refused.status()).isEqualTo(404);
    assertThat(refused.at("/errors/0/message")).startsWith("OCI index found");

    String list = "application/json, " + MediaType.INDEX + ";q=0.5";
    assertThat(with(SCOPE).with("Accept", list).get(NAME + "/manifests/1.0").status())
        .isEqualTo(200);
  }

  @Test
  void a_pull_goes_from_index_over_manifest_to_blobs() {
    JsonNode index = api.get(NAME + "/manifests/1.0").body();
    String platform = index.at("/manifests/1/digest").asText();
    Answer manifest =
        with(SCOPE).with("Accept", MediaType.MANIFEST).get(NAME + "/manifests/" + platform);
    String config = manifest.at("/config/digest");

    Answer whole = api.get(NAME + "/blobs/" + config);
    Answer part = api.with("Range", "bytes=1-9").get(NAME + "/blobs/" + config);

    assertThat(whole.at("/architecture")).isEqualTo("arm64");
    assertThat(part.status()).isEqualTo(206);
    assertThat(part.text()).isEqualTo(whole.text().substring(1, 10));
    assertThat(part.headers().firstValue("Content-Range"))
        .contains("bytes 1-9/" + whole.text().length());
    assertThat(api.with("Range", "bytes=99999-").get(NAME + "/blobs/" + config).status())
        .isEqualTo(416);
  }

  @Test
  void what_is_unknown_is_named_in_the_error() {
    Answer tag = api.get(NAME + "/manifests/9");
    assertThat(tag.status()).isEqualTo(404);
    assertThat(tag.at("/errors/0/code")).isEqualTo("MANIFEST_UNKNOWN");
    assertThat(tag.at("/errors/0/detail/Tag")).isEqualTo("9");
    String nothing = "sha256:" + "0".repeat(64);
    assertThat(api.get(NAME + "/blobs/" + nothing).at("/errors/0/code")).isEqualTo("BLOB_UNKNOWN");
    assertThat(
            with("scope=repository:no/such:pull").get("/v2/no/such/tags/list").at("/errors/0/code"))
        .isEqualTo("NAME_UNKNOWN");
  }

  @Test
  void tags_come_in_pages_for_whoever_wants_pages() {
    registry.publish("demo/tool", "2.0", image("two"));

    assertThat(api.get(NAME + "/tags/list").body().path("tags")).hasSize(2);
    Answer first = api.get(NAME + "/tags/list?n=1");
    assertThat(first.headers().firstValue("Link"))
        .contains("</v2/demo/tool/tags/list?last=1.0&n=1>; rel=\"next\"");
    assertThat(api.get(NAME + "/tags/list?n=1&last=1.0").at("/tags/0")).isEqualTo("2.0");
  }

  @Test
  void nobody_pushes() {
    assertThat(api.call("PUT", NAME + "/manifests/2", "{}").at("/errors/0/code"))
        .isEqualTo("UNSUPPORTED");
    assertThat(api.post(NAME + "/blobs/uploads/", "").status()).isEqualTo(405);
  }
}
