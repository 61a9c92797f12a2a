package io.towpath.activities.synapse;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.activities.submit.SubmitLedger;
import io.towpath.activities.submit.SubmitOnce;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.RunKey;
import io.towpath.workflows.model.SynapseId;
import io.towpath.workflows.synapse.SynapseActivities.Provenance;
import java.util.Optional;

/**
 * The activity that all files of an index share. Synapse lists no activities, so the ledger
 * remembers its id: one that was made without its id coming back is attached to nothing, which
 * harms nothing, and only the recorded one is ever attached.
 */
final class ProvenanceActivity {
  private static final String STEP = "activity";
  private static final String MODEL = "org.sagebionetworks.repo.model.provenance.";
  private static final int LONGEST_DESCRIPTION = 1_000;

  private final SynapseClient client;
  private final SubmitOnce submit;
  private final SubmitLedger ledger;

  ProvenanceActivity(SynapseClient client, SubmitOnce submit, SubmitLedger ledger) {
    this.client = client;
    this.submit = submit;
    this.ledger = ledger;
  }

  /** The id of the claim's activity. */
  String ensure(Claim claim, Provenance provenance) {
    RunKey key = Once.key(claim, STEP, provenance.name());
    Optional<String> recorded = ledger.recordedId(claim, STEP, key);
    if (recorded.isPresent()) {
      return recorded.get();
    }
    String made =
        submit.submit(
            new Once<>(
                claim,
                STEP,
                provenance.name(),
                () -> ledger.recordedId(claim, STEP, key),
                () -> SynapseClient.required(client.createActivity(body(provenance)), "id")));
    ledger.recordId(claim, STEP, key, made);
    return ledger.recordedId(claim, STEP, key).orElse(made);
  }

  private static ObjectNode body(Provenance provenance) {
    String description = provenance.description();
    ObjectNode body =
        SynapseClient.object()
            .put("name", provenance.name())
            .put(
                "description",
                description.length() <= LONGEST_DESCRIPTION
                    ? description
                    : description.substring(0, LONGEST_DESCRIPTION - 1) + "…");
    ArrayNode used = body.withArray("used");
    for (SynapseId id : provenance.used()) {
      ObjectNode entity = used.addObject().put("concreteType", MODEL + "UsedEntity");
      ObjectNode reference = entity.put("wasExecuted", false).putObject("reference");
      reference.put("targetId", id.entity());
      id.version().ifPresent(version -> reference.put("targetVersionNumber", version));
    }
    for (Provenance.Link link : provenance.executed()) {
      used.addObject()
          .put("concreteType", MODEL + "UsedURL")
          .put("name", link.name())
          .put("url", link.url())
          .put("wasExecuted", true);
    }
    return body;
  }
}
