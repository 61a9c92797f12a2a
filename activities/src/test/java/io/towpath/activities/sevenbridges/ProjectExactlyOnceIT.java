package io.towpath.activities.sevenbridges;

import io.towpath.workflows.sevenbridges.ResolvedTarget;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.PrepareProject;
import io.towpath.workflows.sevenbridges.TargetSpec;
import java.util.List;
import java.util.Optional;

/** A project: a second one of the same name would be made, under another id. */
class ProjectExactlyOnceIT extends SevenBridgesExactlyOnce {
  ProjectExactlyOnceIT() {
    super(PrepareIT.CREATE);
  }

  @Override
  protected String submit() {
    String project = "ann/" + name();
    TargetSpec spec =
        new TargetSpec(
            "default",
            project,
            true,
            Optional.empty(),
            "ann/lab/tool",
            Optional.empty(),
            false,
            false,
            scene().volume,
            Optional.empty());
    ResolvedTarget target =
        new ResolvedTarget(
            false,
            Optional.of(sandbox().seed.billingGroup()),
            "ann/lab/tool/0",
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of());
    PrepareProject request = new PrepareProject(claim(), spec, target, project);
    return writer()
        .submit()
        .submit(new ProjectEffect(sandbox().client(), request))
        .path("id")
        .asText();
  }
}
