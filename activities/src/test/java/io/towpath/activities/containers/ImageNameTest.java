package io.towpath.activities.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.towpath.activities.http.PlatformException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ImageNameTest {
  private static final String HUB = "registry-1.docker.io";

  @ParameterizedTest
  @CsvSource({
    "alpine,                      registry-1.docker.io, library/alpine, latest",
    "docker.io/alpine:3,          registry-1.docker.io, library/alpine, 3",
    "biocontainers/fastqc:0.12,   registry-1.docker.io, biocontainers/fastqc, 0.12",
    "quay.io/alpine,              quay.io,              alpine, latest",
    "localhost/a/b,               localhost,            a/b, latest",
    "registry:5000/a:1,           registry:5000,        a, 1"
  })
  void a_name_is_read_as_docker_reads_it(String image, String host, String path, String tag) {
    ImageName name = ImageName.of(image);

    assertThat(name.host()).isEqualTo(host);
    assertThat(name.path()).isEqualTo(path);
    assertThat(name.tag()).isEqualTo(tag);
    assertThat(name.digest()).isEmpty();
    assertThat(name.onHub()).isEqualTo(host.equals(HUB));
  }

  @ParameterizedTest
  @CsvSource({
    "quay.io/a:1,           quay.io/a",
    "registry:5000/a,       registry:5000/a",
    "registry:5000/a:1@sha256:0, registry:5000/a"
  })
  void a_tag_is_no_port(String image, String without) {
    assertThat(ImageName.withoutTag(image)).isEqualTo(without);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Upper", "a b", "a:", "a@sha256:12", "https://quay.io/a", "-a", "a/"})
  void what_is_no_image_is_refused(String image) {
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> ImageName.of(image))
        .withMessageContaining("expected [host[:port]/]name");
  }
}
