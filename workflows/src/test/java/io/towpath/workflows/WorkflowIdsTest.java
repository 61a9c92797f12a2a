package io.towpath.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.workflows.model.SynapseId;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Keys of work that was done are in ledgers for ever, so their form never changes. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class WorkflowIdsTest {
  @Test
  void a_key_says_what_is_done_to_what_by_which_recipe() {
    assertThat(WorkflowIds.roundTrip("syn51514475.3", "rnaseq"))
        .isEqualTo("round-trip/syn51514475.3/rnaseq");
    assertThat(WorkflowIds.cavaticaDrs("include-dcc/include-sandbox", "syn33335513.4", "kfdrc"))
        .isEqualTo("cavatica-drs/include-dcc/include-sandbox/syn33335513.4/kfdrc");
    assertThat(WorkflowIds.releaseDeploy("agora", "preprod", "2026.07"))
        .isEqualTo("release-deploy/agora/preprod/2026.07");
    assertThat(WorkflowIds.lease("drs/include")).isEqualTo("lease/drs/include");
  }

  @Test
  void a_scan_for_one_object_is_not_the_scan_of_its_folder() {
    SynapseId folder = new SynapseId("syn51514500");

    assertThat(WorkflowIds.manifestScan(folder, "rnaseq", Optional.empty()))
        .isEqualTo("manifest-scan/syn51514500/rnaseq");
    assertThat(WorkflowIds.manifestScan(folder, "rnaseq", Optional.of(new SynapseId("syn7.2"))))
        .isEqualTo("manifest-scan/syn51514500/rnaseq/syn7");
  }
}
