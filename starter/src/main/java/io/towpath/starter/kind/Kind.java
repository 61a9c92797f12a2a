package io.towpath.starter.kind;

import io.towpath.workflows.model.Problem;
import io.towpath.workflows.request.FieldDoc;
import io.towpath.workflows.request.Fields;
import io.towpath.workflows.request.Reading;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One ETL as the command knows it without a worker.
 *
 * @param name command word and workflow type
 * @param summary what it does, in one line
 * @param reader reads and judges its request
 * @param stages its stages, in order
 * @param secrets what the worker must hold for it
 * @param otherForms JSON Schemas of the second form of fields that take two, by path
 */
public record Kind(
    String name,
    String summary,
    Function<Fields, ?> reader,
    List<Part> stages,
    List<Part> secrets,
    Map<String, Map<String, Object>> otherForms) {

  /** Something with a name, and what it is. */
  public record Part(String name, String text) {}

  /** Everything that is wrong with the request as far as the request alone can tell. */
  public List<Problem> problems(Map<String, Object> request) {
    Reading reading = new Reading();
    reading.read(request, reader);
    return reading.problems();
  }

  public List<FieldDoc> fields() {
    return Reading.describe(reader);
  }

  /** Whether its request has this field; not every ETL can be done again, for example. */
  public boolean takes(String field) {
    return fields().stream().anyMatch(known -> known.path().equals(field));
  }
}
