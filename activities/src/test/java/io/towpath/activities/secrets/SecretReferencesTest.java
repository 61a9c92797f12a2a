package io.towpath.activities.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.towpath.activities.config.Secret;
import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SecretReferencesTest {
  /** A store whose values are changed from outside, as a rotation does. */
  private static final class Held implements SecretStore {
    private final Map<String, String> values = new TreeMap<>(Map.of("aws-sm:token", "old-token"));
    private final List<String> asked = new ArrayList<>();

    @Override
    public boolean reads(String reference) {
      return reference.startsWith("aws-sm:");
    }

    @Override
    public String value(String reference) {
      asked.add(reference);
      String value = values.get(reference);
      if (value == null) {
        throw new PlatformException(FailureKind.INPUT_REJECTED, reference + " is not there");
      }
      if (value.isEmpty()) {
        throw new PlatformException(FailureKind.PLATFORM_UNAVAILABLE, "the store is down");
      }
      return value;
    }
  }

  private final Held store = new Held();
  @TempDir private Path folder;

  @Test
  void a_credential_is_a_text_or_lies_where_a_reference_says() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "in-a-file\n");
    SecretReferences references =
        references(Map.of("TOKEN", "in-a-variable", "OTHER", "aws-sm:token"));

    assertThat(token(references, "plain:text")).isEqualTo("plain:text");
    assertThat(token(references, "env:TOKEN")).isEqualTo("in-a-variable");
    assertThat(token(references, "file:" + file)).isEqualTo("in-a-file");
    assertThat(token(references, "aws-sm:token")).isEqualTo("old-token");
    assertThat(token(references, "env:OTHER")).isEqualTo("old-token");
  }

  @Test
  void a_store_is_asked_once_for_what_many_want_and_again_for_what_was_refused() {
    SecretReferences references = references(Map.of());
    Secret one = references.named("TOKEN", "aws-sm:token", text -> text);
    Secret other = references.named("OTHER", "aws-sm:token", text -> text);
    assertThat(store.asked).hasSize(1);

    store.values.put("aws-sm:token", "new-token");

    assertThat(one.replaced("old-token")).isTrue();
    assertThat(one.reveal()).isEqualTo("new-token");
    assertThat(other.reveal()).isEqualTo("old-token");
    assertThat(other.replaced("old-token")).isTrue();
    assertThat(one.replaced("old-token")).as("others were refused meanwhile").isTrue();
    assertThat(store.asked).hasSize(3);
  }

  @Test
  void what_is_still_the_same_or_gone_takes_no_place_and_an_outage_is_told() {
    Secret token = references(Map.of()).named("TOKEN", "aws-sm:token", text -> text);

    assertThat(token.replaced("old-token")).isFalse();
    store.values.clear();
    assertThat(token.replaced("old-token")).isFalse();
    store.values.put("aws-sm:token", "");
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> token.replaced("old-token"))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.PLATFORM_UNAVAILABLE));
    assertThat(token.reveal()).isEqualTo("old-token");
  }

  @Test
  void what_cannot_be_read_is_told_by_the_name_of_the_setting() {
    SecretReferences references = references(Map.of());

    refused(references, "env:NOT_SET", "env:NOT_SET is not set");
    refused(references, "file:" + folder.resolve("none"), "cannot be read");
    refused(references, "aws-sm:none", "aws-sm:none is not there");
    refused(references, "aws-ssm:/x", "\"aws-ssm:…\" cannot be resolved here");
  }

  @Test
  void a_store_that_is_down_is_no_mistake_in_a_setting() {
    store.values.put("aws-sm:token", "");

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> token(references(Map.of()), "aws-sm:token"))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.PLATFORM_UNAVAILABLE));
  }

  private static void refused(SecretReferences references, String reference, String words) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> token(references, reference))
        .withMessageStartingWith("TOKEN: ")
        .withMessageContaining(words);
  }

  private static String token(SecretReferences references, String text) {
    return references.named("TOKEN", text, one -> one).reveal();
  }

  private SecretReferences references(Map<String, String> environment) {
    return new SecretReferences(environment, Optional.of(store));
  }
}
