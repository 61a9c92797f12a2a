package io.towpath.activities.synapse;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.workflows.synapse.Provenance;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A provenance activity. Synapse finds none by its name, so a lost answer leaves one behind that
 * nothing refers to; the one that counts is the one that the ledger has.
 */
class ActivityExactlyOnceIT extends SynapseExactlyOnce {
  private int before;

  ActivityExactlyOnceIT() {
    super("POST /activity");
  }

  @Override
  @BeforeEach
  void beginAnew() {
    super.beginAnew();
    before = sandbox().ledger.recordedIds().size();
  }

  @Override
  protected String submit() {
    return new ProvenanceActivity(
            sandbox().client(), once(), sandbox().ledger, sandbox().documents())
        .ensure(
            claim(), new Provenance(name(), "what ran", List.of(), Optional.empty(), List.of()));
  }

  @Override
  protected int effects() {
    return sandbox().ledger.recordedIds().size() - before;
  }

  @Override
  @Test
  protected void what_was_made_is_not_sent_again_after_a_lost_answer() {
    strike(Fault.DROP_AFTER_COMMIT, 1);

    String id = submit();

    assertThat(submit()).isEqualTo(id);
    assertThat(effects()).isEqualTo(1);
  }
}
