package io.towpath.workflows.etl;

import io.towpath.workflows.model.Problem;
import io.towpath.workflows.plan.Plan.Preview;
import java.util.List;

/**
 * What a look before the first effect saw.
 *
 * @param summary what there is to do, in one line of counts
 * @param problems everything that stands in the way
 * @param warnings what does not, but should be known
 * @param notChecked what could not be looked at, such as rights that only writing would prove
 * @param preview each stage and what it would do
 */
public record Preflight(
    String summary,
    List<Problem> problems,
    List<String> warnings,
    List<String> notChecked,
    List<Preview> preview) {
  public Preflight {
    problems = List.copyOf(problems);
    warnings = List.copyOf(warnings);
    notChecked = List.copyOf(notChecked);
    preview = List.copyOf(preview);
  }
}
