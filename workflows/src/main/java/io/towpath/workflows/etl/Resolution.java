package io.towpath.workflows.etl;

import io.towpath.workflows.model.Problem;
import java.util.List;
import java.util.Optional;

/**
 * What came of resolving.
 *
 * @param spec empty when something that it needs could not be resolved
 * @param problems everything that stands in the way
 */
public record Resolution<S extends EtlSpec>(Optional<S> spec, List<Problem> problems) {
  public Resolution {
    problems = List.copyOf(problems);
  }
}
