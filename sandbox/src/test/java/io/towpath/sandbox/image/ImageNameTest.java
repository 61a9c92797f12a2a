package io.towpath.sandbox.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
final class ImageNameTest {
  private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

  @Test
  void a_name_has_a_registry_only_when_its_first_part_looks_like_a_host() {
    assertThat(full("127.0.0.1:5000/demo/tool:1.0")).isEqualTo("127.0.0.1:5000/demo/tool:1.0");
    assertThat(full("localhost/tool")).isEqualTo("localhost/tool:latest");
    assertThat(full("demo/tool")).isEqualTo("demo/tool:latest");
    assertThat(ImageName.parse("demo/tool").orElseThrow().host()).isEqualTo("docker.io");
  }

  @Test
  void a_digest_stands_above_a_tag() {
    ImageName name = ImageName.parse("ghcr.io/a/b:1.0@" + DIGEST).orElseThrow();

    assertThat(name.reference()).isEqualTo(DIGEST);
    assertThat(name.full()).isEqualTo("ghcr.io/a/b@" + DIGEST);
  }

  @Test
  void what_is_no_name_is_told() {
    assertThat(ImageName.parse("Upper/case")).isEmpty();
    assertThat(ImageName.parse("a b")).isEmpty();
    assertThat(ImageName.parse("tool@sha256:12")).isEmpty();
    assertThat(ImageName.parse("")).isEmpty();
  }

  private static String full(String text) {
    return ImageName.parse(text).orElseThrow().full();
  }
}
