package io.towpath.activities.synapse;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** What holds of the names that outputs get in Synapse, whatever they are called in S3. */
class EntityNamesTest {
  @Property
  void every_name_becomes_one_that_synapse_takes(@ForAll("names") String name) {
    assertThat(EntityName.legal(EntityName.sanitized(name))).isTrue();
  }

  @Property
  void a_name_that_synapse_takes_and_that_looks_like_no_escape_stays(@ForAll("legal") String name) {
    Assume.that(EntityName.legal(name));

    assertThat(EntityName.sanitized(name)).isEqualTo(name);
  }

  @Property(tries = 3_000)
  void two_names_never_become_one(@ForAll("names") String one, @ForAll("names") String other) {
    Assume.that(!one.equals(other));

    assertThat(EntityName.sanitized(one)).isNotEqualTo(EntityName.sanitized(other));
  }

  @Property
  void an_escaped_name_is_the_name_of_no_other(@ForAll("names") String name) {
    String escaped = EntityName.sanitized(name);
    Assume.that(!escaped.equals(name));

    assertThat(EntityName.sanitized(escaped)).isNotEqualTo(escaped);
  }

  @Provide
  Arbitrary<String> legal() {
    return Arbitraries.of("_", "x", "a", "-", " b", ",", "'", "(1)", "+", ".fq.gz", "__", "_y00E9_")
        .list()
        .ofMinSize(1)
        .ofMaxSize(9)
        .map(list -> String.join("", list))
        .filter(name -> !name.contains("_x"));
  }

  /** Of what escapes are made of and of what has to be escaped; some longer than Synapse takes. */
  @Provide
  Arbitrary<String> names() {
    Arbitrary<String> parts =
        Arbitraries.of(
            "_x", "_", "x", "00E9", "0026", "1F600", "é", "e\u0301", "&", "😀", " ", "a", ".fq.gz",
            "/");
    Arbitrary<String> few = parts.list().ofMaxSize(6).map(list -> String.join("", list));
    Arbitrary<String> many =
        parts.list().ofMinSize(80).ofMaxSize(130).map(list -> String.join("", list));
    return Arbitraries.frequencyOf(
        Tuple.of(8, few), Tuple.of(1, many), Tuple.of(2, Arbitraries.strings().ofMaxLength(6)));
  }
}
