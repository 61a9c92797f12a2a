package io.towpath.starter;

import io.towpath.workflows.model.Check;
import io.towpath.workflows.plan.DoctorWorkflow;
import java.util.List;

/** A worker to which Synapse is reachable, and whose ledger is not. */
public final class FakeDoctor implements DoctorWorkflow {
  @Override
  public List<Check> examine() {
    return List.of(
        new Check("synapse", true, "alice, 12 projects", List.of("modify")),
        new Check("ledger", false, "s3://b/ledger: 403; give the worker s3:PutObject"));
  }
}
