package io.towpath.activities.drs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.submit.SubmitOnce;
import io.towpath.workflows.drs.DrsActivities.MintRules;
import io.towpath.workflows.drs.DrsActivities.Published;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.model.RunKey;
import io.towpath.workflows.request.Nearest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Objects in a dataset of CAVATICA. The platform makes the id, may make another for the same
 * request, and shows neither to anybody who lost the answer: the ledger is the memory, and a send
 * whose answer was lost is never repeated by itself.
 */
final class DatasetMinter implements DrsMinter {
  private static final Pattern DATASET =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  /** Types as the platform names them. */
  private static final Map<String, String> TYPES =
      new TreeMap<>(Map.of(MintFile.ETAG, "ETAG", MintFile.MD5, "MD5", "sha1", "SHA-1"));

  private final DatasetMint.Tools tools;
  private final MintRules rules;
  private final Map<String, String> datasets;

  /**
   * @param datasets ids of datasets by {@code name@version}
   */
  DatasetMinter(DatasetMint.Tools tools, MintRules rules, Map<String, String> datasets) {
    this.tools = tools;
    this.rules = rules;
    this.datasets = datasets;
  }

  @Override
  public Optional<String> lack(MintFile file) {
    if (file.object().isEmpty()) {
      return Optional.of("it does not lie in S3; export outputs to give them ids");
    }
    return ObjectIdentity.of(file, rules).isPresent()
        ? Optional.empty()
        : Optional.of("neither its MD5 nor an ETag that drs.checksums allows is known");
  }

  @Override
  public Minted mint(MintFile file, Claim claim, SubmitOnce submit, int writtenOff) {
    String step = step(file);
    Minted minted = submit.submit(new DatasetMint(claim, step, body(file), writtenOff, tools));
    tools.cavatica().unnoted().remove(step);
    return minted;
  }

  @Override
  public int sends(MintFile file, Claim claim) {
    String step = step(file);
    return tools.mints().intents(claim, step, DatasetMint.key(step)).size();
  }

  private String step(MintFile file) {
    return dataset() + "/" + ObjectIdentity.of(file, rules).orElseThrow().digest();
  }

  private ObjectNode body(MintFile file) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("datasetId", dataset()).put("name", file.name()).put("size", file.sizeBytes());
    ArrayNode checksums = body.putArray("checksums");
    TYPES.forEach(
        (type, name) -> {
          if (rules.checksums().isEmpty() || rules.checksums().contains(type)) {
            file.checksum(type)
                .ifPresent(value -> checksums.addObject().put("type", name).put("checksum", value));
          }
        });
    body.putArray("locationUrls").add(file.object().orElseThrow().value());
    return body;
  }

  @Override
  public DrsClient server() {
    return tools.cavatica().drs();
  }

  @Override
  public List<Problem> inspect() {
    Asked asked = new Asked();
    asked.ask("drs.dataset", this::dataset);
    asked.ask("drs.minter", () -> tools.cavatica().client().user());
    asked.ask("drs.minter", () -> server().serviceInfo());
    return asked.problems();
  }

  /**
   * The platform hides a dataset no more once it is visible, and what is added later is visible
   * too. So a second PATCH changes nothing, and the ledger spares it.
   */
  @Override
  public Published publish(Claim claim) {
    String dataset = dataset();
    String step = dataset + "/published";
    RunKey key = DatasetMint.key(step);
    if (!tools.mints().idRecorded(claim, step, key)) {
      tools.mints().requireHeld(claim);
      if (!tools.cavatica().client().publish(dataset)) {
        return new Published(dataset, false);
      }
      tools.mints().recordId(claim, step, key, dataset);
    }
    return new Published(dataset, true);
  }

  /** The platform has no call that finds a dataset by its name. */
  private String dataset() {
    if (DATASET.matcher(rules.dataset()).matches()) {
      return rules.dataset();
    }
    String name = rules.dataset() + "@" + rules.version();
    String id = datasets.get(name);
    if (id == null) {
      String near = Nearest.of(name, datasets.keySet());
      throw new PlatformException(
          FailureKind.INPUT_REJECTED,
          "the worker knows no dataset "
              + name
              + (near.isEmpty() ? "" : "; did you mean " + near + "?")
              + "; the platform cannot be asked for it by name: give its id as the name, or set"
              + " TOWPATH_DRS_DATASETS="
              + name
              + "=<id>");
    }
    return id;
  }
}
