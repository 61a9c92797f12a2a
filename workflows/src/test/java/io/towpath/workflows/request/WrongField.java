package io.towpath.workflows.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.workflows.model.Problem;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A field of a request with a value that is wrong there.
 *
 * @param path as {@link FieldDoc} has it
 * @param value as JSON
 * @param words said about it
 */
public record WrongField(String path, String value, String words) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A line each, whose columns are separated by {@code |} and a space. */
  public static Stream<WrongField> table(String table) {
    return table.lines().map(WrongField::of);
  }

  private static WrongField of(String line) {
    String[] parts = line.split(" *\\| ", -1);
    return new WrongField(parts[0].strip(), parts[1].strip(), parts[2].strip());
  }

  /**
   * Puts it into a request that is right and reads that.
   *
   * @param place where the field is there
   */
  public void assertRefused(String right, String place, Function<Fields, ?> reader)
      throws JsonProcessingException {
    ObjectNode request = (ObjectNode) JSON.readTree(right);
    ObjectNode parent = request;
    String[] steps = place.replace("[", ".").replace("]", "").split("\\.", -1);
    for (int i = 0; i < steps.length - 1; i++) {
      boolean list = parent.path(steps[i]) instanceof ArrayNode;
      parent =
          list
              ? (ObjectNode) parent.withArray(steps[i]).get(Integer.parseInt(steps[++i]))
              : parent.withObjectProperty(steps[i]);
    }
    parent.set(steps[steps.length - 1], JSON.readTree(value));

    assertThat(problems(request, reader))
        .filteredOn(problem -> problem.place().startsWith(place))
        .singleElement()
        .satisfies(problem -> assertThat(problem.text()).contains(words));
  }

  /** The problems of a request. */
  public static List<Problem> problems(String request, Function<Fields, ?> reader)
      throws JsonProcessingException {
    return problems((ObjectNode) JSON.readTree(request), reader);
  }

  private static List<Problem> problems(ObjectNode request, Function<Fields, ?> reader) {
    Reading reading = new Reading();
    @SuppressWarnings("unchecked")
    Map<String, Object> json = JSON.convertValue(request, Map.class);
    assertThat(reading.<Object>read(json, reader::apply)).isNotNull();
    return reading.problems();
  }

  @Override
  public String toString() {
    return path + ": " + value;
  }
}
