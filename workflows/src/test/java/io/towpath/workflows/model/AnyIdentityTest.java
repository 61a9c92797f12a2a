package io.towpath.workflows.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds of digests and operation keys, whatever a request says. */
class AnyIdentityTest {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  /** What a key is made of. */
  private record Effect(String scope, String step, String item, String digested, int attempt) {
    RunKey key() {
      return RunKey.of(scope, step, item, SpecDigest.of(Map.of("does", digested)), attempt);
    }
  }

  @Property(tries = 300)
  void the_order_in_which_fields_were_written_changes_no_digest(
      @ForAll("objects") Map<String, Object> object) {
    List<String> keys = new ArrayList<>(object.keySet());
    Collections.reverse(keys);
    Map<String, Object> other = new LinkedHashMap<>();
    keys.forEach(key -> other.put(key, object.get(key)));

    assertThat(SpecDigest.of(other)).isEqualTo(SpecDigest.of(object));
  }

  @Property(tries = 300)
  void what_a_digest_is_taken_over_is_json_that_says_the_same(
      @ForAll("objects") Map<String, Object> object) throws JsonProcessingException {
    String text = CanonicalJson.write(object);

    assertThat(CanonicalJson.write(JSON.readValue(text, Object.class))).isEqualTo(text);
    assertThat(JSON.readTree(text)).hasSameSizeAs(JSON.valueToTree(object));
  }

  @Property(tries = 500)
  void two_texts_are_two_digests_wherever_they_stand(
      @ForAll("words") String one, @ForAll("words") String other) {
    Assume.that(!one.equals(other));

    assertThat(SpecDigest.of(Map.of("a", one))).isNotEqualTo(SpecDigest.of(Map.of("a", other)));
    assertThat(SpecDigest.of(Map.of("a", List.of(one, other))))
        .isNotEqualTo(SpecDigest.of(Map.of("a", List.of(one + other))))
        .isNotEqualTo(SpecDigest.of(Map.of("a", List.of(other, one))));
  }

  @Property(tries = 500)
  void two_effects_have_two_keys_wherever_their_parts_begin_and_end(
      @ForAll("effects") Effect one, @ForAll("effects") Effect other) {
    Assume.that(!one.equals(other));

    assertThat(one.key()).isNotEqualTo(other.key());
    assertThat(one.key().value()).matches("[a-z2-7]{13}");
    assertThat(one.key()).isEqualTo(one.key());
  }

  /** Few letters, among them those that other texts are parted by: so that parts run together. */
  @Provide
  Arbitrary<String> words() {
    return Arbitraries.strings().withChars('a', '/', '|', ',', '"', '\\', '\n', 'é').ofMaxLength(4);
  }

  @Provide
  Arbitrary<Effect> effects() {
    return Combinators.combine(
            words(), words(), words(), words(), Arbitraries.integers().between(1, 3))
        .as(Effect::new);
  }

  @Provide
  Arbitrary<Map<String, Object>> objects() {
    Arbitrary<Object> values =
        Arbitraries.lazyOf(
            () -> Arbitraries.strings().ofMaxLength(8).asGeneric(),
            () -> Arbitraries.longs().asGeneric(),
            () -> Arbitraries.bigDecimals().map(BigDecimal::stripTrailingZeros).asGeneric(),
            () -> Arbitraries.of(true, false).asGeneric(),
            () -> words().list().ofMaxSize(3).asGeneric(),
            () -> objects().asGeneric());
    return Arbitraries.maps(Arbitraries.strings().ofMaxLength(3), values).ofMaxSize(4);
  }
}
