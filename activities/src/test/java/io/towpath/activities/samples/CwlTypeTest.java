package io.towpath.activities.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.towpath.activities.store.S3Documents;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CwlTypeTest {
  private static final String FILE = "{'class':'File','path':'5f0000000000000000000001'}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'File' | File | false",
        "'File?' | File | true",
        "'File[]' | a list of File | false",
        "'File[]?' | a list of File | true",
        "['null', 'File'] | File | true",
        "{'type':'array','items':{'type':'array','items':'File'}} | a list of a list of File |"
            + " false",
        "['null', {'type':'enum','symbols':['#main/a/x','y']}] | one of [x, y] | true",
        "{'type':'record','fields':[{'name':'#r/a','type':'int'}]} | an object of [a] | false",
        "{'type':'record','fields':{'a':'int?'}} | an object of [a] | false",
        "['int', 'string'] | int or string | false",
        "'stdin' | File | false",
      })
  void both_notations_of_a_type_are_read(String cwl, String shown, boolean optional) {
    CwlType type = type(cwl);

    assertThat(type).hasToString(shown);
    assertThat(type.optional()).isEqualTo(optional);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'File' | " + FILE + " | " + FILE,
        "'File[]' | " + FILE + " | [" + FILE + "]",
        "'File[]' | [] | []",
        "['null', 'File[]', 'File'] | " + FILE + " | " + FILE,
        "'string' | 'x' | 'x'",
        "'string[]' | 'x' | ['x']",
        "'int' | 5 | 5",
        "'int' | '72' | 72",
        "'int[]' | ['1','2'] | [1,2]",
        "'long' | 12345678901 | 12345678901",
        "'double' | '1.5e3' | 1500.0",
        "'float' | 2 | 2",
        "'boolean' | 'True' | true",
        "['string', 'int'] | '72' | '72'",
        "['int', 'string'] | '72' | '72'",
        "['int', 'boolean'] | 'true' | true",
        "{'type':'enum','symbols':['a/x']} | 'x' | 'x'",
        "{'type':'record','fields':{'a':'int','b':'File?'}} | {'a':'1'} | {'a':1}",
        "'Any' | {'a':1} | {'a':1}",
        "'#my_type' | 'x' | 'x'",
      })
  void a_value_that_fits_is_taken_as_the_app_takes_it(String cwl, String value, String taken) {
    assertThat(type(cwl).take(json(value)).map(CwlTypeTest::written))
        .contains(written(json(taken)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'File' | [" + FILE + "]",
        "'File' | 'a.gz'",
        "'File' | {'class':'Directory','path':'5f'}",
        "'File' | {'class':'File','path':' '}",
        "'File' | {'class':'File'}",
        "'File[]' | [" + FILE + ", 'a.gz']",
        "'string' | 5",
        "'string' | true",
        "'int' | 3000000000",
        "'int' | 1.5",
        "'int' | '1e3'",
        "'int' | 'x'",
        "'long' | '12345678901234567890'",
        "'double' | 'NaN'",
        "'boolean' | 'yes'",
        "'boolean' | 1",
        "{'type':'enum','symbols':['x']} | 'z'",
        "{'type':'record','fields':{'a':'int'}} | {}",
        "{'type':'record','fields':{'a':'int'}} | {'a':1,'b':2}",
        "'string[]' | [['x']]",
      })
  void a_value_that_does_not_fit_is_not_taken(String cwl, String value) {
    assertThat(type(cwl).take(json(value))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"'File'", "'File?'", "'string[]'", "['null','int']"})
  void nothing_is_never_a_value(String cwl) {
    assertThat(type(cwl).take(null)).isEmpty();
  }

  @Test
  void a_type_of_a_hundred_brackets_is_read() {
    assertThat(type("'string" + "[]".repeat(100) + "'").take(List.of())).contains(List.of());
  }

  private static CwlType type(String cwl) {
    try {
      return CwlType.read(S3Documents.JSON.readTree(cwl.replace('\'', '"')));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(cwl, e);
    }
  }

  private static Object json(String text) {
    try {
      return S3Documents.JSON.readValue(text.replace('\'', '"'), Object.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static String written(Object value) {
    return S3Documents.JSON.valueToTree(value).toString();
  }
}
