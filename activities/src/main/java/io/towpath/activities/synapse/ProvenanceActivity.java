package io.towpath.activities.synapse;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.activities.store.S3Documents;
import io.towpath.activities.submit.Once;
import io.towpath.activities.submit.SubmitLedger;
import io.towpath.activities.submit.SubmitOnce;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.FileRef;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.RunKey;
import io.towpath.workflows.model.SourceId;
import io.towpath.workflows.model.SynapseId;
import io.towpath.workflows.synapse.Provenance;
import io.towpath.workflows.synapse.Provenance.Source;
import java.util.ArrayList;
import java.util.List;
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
  private static final int MOST_INPUTS = 500;

  private final SynapseClient client;
  private final SubmitOnce submit;
  private final SubmitLedger ledger;
  private final S3Documents documents;

  ProvenanceActivity(
      SynapseClient client, SubmitOnce submit, SubmitLedger ledger, S3Documents documents) {
    this.documents = documents;
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

  private ObjectNode body(Provenance provenance) {
    List<SourceId> inputs = inputs(provenance);
    ObjectNode body =
        SynapseClient.object()
            .put("name", provenance.name())
            .put("description", shortened(provenance.description() + named(inputs)));
    ArrayNode used = body.withArray("used");
    provenance.used().forEach(source -> add(used, source, false));
    inputs.forEach(id -> linked(id).ifPresent(source -> add(used, source, false)));
    provenance.executed().forEach(source -> add(used, source, true));
    return body;
  }

  private static String shortened(String description) {
    return description.length() <= LONGEST_DESCRIPTION
        ? description
        : description.substring(0, LONGEST_DESCRIPTION - 1) + "…";
  }

  /** What Synapse takes as a reference; of an address without its query, which may be signed. */
  private static Optional<Source> linked(SourceId id) {
    return id.synapse().isPresent()
        ? Optional.of(new Source("", id.value()))
        : Optional.of(new Source(id.toString(), id.toString()))
            .filter(source -> id.scheme().equals("https"));
  }

  /** Synapse takes no links of other schemes, so ids of other platforms are named as text. */
  private static String named(List<SourceId> inputs) {
    List<String> others =
        inputs.stream().filter(id -> linked(id).isEmpty()).map(SourceId::toString).toList();
    return others.isEmpty() ? "" : "; files from elsewhere: " + String.join(", ", others);
  }

  private static void add(ArrayNode used, Source source, boolean executed) {
    ObjectNode entry = used.addObject().put("wasExecuted", executed);
    Optional<SynapseId> entity = source.entity();
    if (entity.isEmpty()) {
      entry
          .put("concreteType", MODEL + "UsedURL")
          .put("name", source.name())
          .put("url", source.reference());
      return;
    }
    ObjectNode reference = entry.put("concreteType", MODEL + "UsedEntity").putObject("reference");
    reference.put("targetId", entity.get().entity());
    entity.get().version().ifPresent(version -> reference.put("targetVersionNumber", version));
  }

  /** The first files that went in; the manifest names all of them. */
  private List<SourceId> inputs(Provenance provenance) {
    List<SourceId> inputs = new ArrayList<>();
    ManifestRef files = provenance.inputs().orElse(null);
    for (int page = 0; files != null && page < files.pageCount(); page++) {
      for (FileRef file : documents.readPage(files, page, FileRef.class)) {
        if (inputs.size() == MOST_INPUTS) {
          return inputs;
        }
        inputs.add(file.id());
      }
    }
    return inputs;
  }
}
