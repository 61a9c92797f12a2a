package io.towpath.activities.drs;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.workflows.drs.DrsActivities.MintRules;
import io.towpath.workflows.model.S3Uri;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ObjectIdentityTest {
  private static final S3Uri PLACE = new S3Uri("s3://bucket/a");
  private static final ObjectIdentity OBJECT = new ObjectIdentity("0cc1", 7, PLACE);

  @Test
  void names_of_an_object_never_change() {
    assertThat(OBJECT.digest())
        .isEqualTo("9f23581cd7f3ad12e649dd76b3eb00c6707005183969147cb56234f4072da4f0");
    assertThat(OBJECT.uuid()).isEqualTo(UUID.fromString("565c4ad6-fd36-576e-b997-b10e93b96ced"));
  }

  @Test
  void bytes_and_place_make_an_object_and_the_md5_counts_first() {
    assertThat(identity(Map.of("md5", "0cc1", "etag", "e"), "md5", "etag")).contains(OBJECT);
    assertThat(identity(Map.of("etag", "e"), "md5", "etag"))
        .contains(new ObjectIdentity("etag:e", 7, PLACE));
    assertThat(identity(Map.of("etag", "e"), "md5")).as("etags do not count").isEmpty();
    assertThat(identity(Map.of(), "md5", "etag")).isEmpty();
  }

  @Test
  void an_id_looks_as_the_request_or_the_server_wants_it() {
    UUID id = UUID.fromString("6f1d5a2e-3c0b-5d43-9a54-0b7f5c1e8d21");

    assertThat(DidForm.of("drs://dg.4503:")).contains(new DidForm("dg.4503/", "drs://dg.4503:"));
    assertThat(DidForm.of("drs://example.org/")).contains(new DidForm("", "drs://example.org/"));
    assertThat(DidForm.of("https://example.org/")).isEmpty();
    assertThat(DidForm.of("dg.4503/", "example.org").uri(id)).isEqualTo("drs://dg.4503:" + id);
    assertThat(DidForm.of("dg.4503/", "example.org").did(id)).isEqualTo("dg.4503/" + id);
    assertThat(DidForm.of("", "example.org").uri(id)).isEqualTo("drs://example.org/" + id);
  }

  private static Optional<ObjectIdentity> identity(
      Map<String, String> checksums, String... counting) {
    return ObjectIdentity.of(
        new MintFile("f", "a", 7, Optional.of(PLACE), Optional.of(7L), Optional.empty(), checksums),
        new MintRules("default", "indexd", "", "", List.of(counting), Optional.empty()));
  }
}
