package io.towpath.workflows.cavatica;

import io.towpath.workflows.drs.DrsActivities.MintRules;
import io.towpath.workflows.model.SynapseId;
import io.towpath.workflows.request.Fields;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How outputs get DRS ids, as written.
 *
 * @param parent the Synapse folder that outputs are filed in, for ids of Synapse
 * @param publish {@code never}, {@code auto} or {@code afterApproval}
 */
public record DrsRequest(
    String minter,
    Optional<Dataset> dataset,
    List<String> checksums,
    Optional<String> selfUriBase,
    Optional<SynapseId> parent,
    String publish) {
  private static final String CAVATICA_DATASET = "cavatica-dataset";
  private static final String INDEXD = "indexd";
  private static final String SYNAPSE = "synapse";
  private static final String NEVER = "never";
  private static final String AFTER_APPROVAL = "afterApproval";

  /** The dataset that mints are remembered for. */
  public record Dataset(String name, String version) {}

  public DrsRequest {
    checksums = List.copyOf(checksums);
  }

  static DrsRequest read(Fields fields) {
    DrsRequest request =
        new DrsRequest(
            fields.choice(
                "minter",
                List.of(INDEXD, CAVATICA_DATASET, "cavatica-implicit", SYNAPSE),
                "what gives the ids"),
            fields.optionalObject(
                "dataset",
                "the dataset that ids belong to and are remembered for",
                set ->
                    new Dataset(
                        set.text("name", "its name"), set.text("version", "", "its version"))),
            fields.texts("checksums", List.of("md5"), "types to send where they are known"),
            fields.optionalText(
                "selfUriBase", "what ids begin with where we choose them: drs://dg.4503:"),
            fields.optionalValue(
                "parent",
                SynapseId::new,
                "the Synapse folder or project that exported outputs are filed in, by their keys in"
                    + " the volume; for minter synapse"),
            fields.choice(
                "publish",
                List.of(NEVER, "auto", AFTER_APPROVAL),
                "make the dataset visible: never, when nothing failed, or once gate publish is"
                    + " approved"));
    request.check(fields);
    return request;
  }

  private void check(Fields fields) {
    if (filesInSynapse() && fields.raw("parent") == null) {
      fields.problem(
          "parent", "missing; " + SYNAPSE + " gives ids to files that are filed in a folder there");
    }
    if (!filesInSynapse() && fields.raw("parent") != null) {
      fields.problem(
          "parent", "only " + SYNAPSE + " files outputs there, not " + minter + "; leave it out");
    }
    if (publishes() && !minter.equals(CAVATICA_DATASET)) {
      fields.problem(
          "publish", "only a dataset of " + CAVATICA_DATASET + " can be published; leave it out");
    }
    if (minter.equals(CAVATICA_DATASET) && fields.raw("dataset") == null) {
      fields.problem("dataset", "missing; " + CAVATICA_DATASET + " mints into a dataset");
    }
  }

  /** Whether outputs get their ids as files of Synapse. */
  boolean filesInSynapse() {
    return minter.equals(SYNAPSE);
  }

  boolean publishes() {
    return !publish.equals(NEVER);
  }

  boolean afterApproval() {
    return publish.equals(AFTER_APPROVAL);
  }

  MintRules rules(String connection) {
    return new MintRules(
        connection,
        minter,
        dataset.map(Dataset::name).orElse(""),
        dataset.map(Dataset::version).orElse(""),
        checksums,
        selfUriBase);
  }

  Map<String, Object> effect() {
    Map<String, Object> effect = new TreeMap<>();
    effect.put("minter", minter);
    dataset.ifPresent(
        set -> effect.put("dataset", Map.of("name", set.name(), "version", set.version())));
    effect.put("checksums", checksums);
    selfUriBase.ifPresent(base -> effect.put("selfUriBase", base));
    parent.ifPresent(folder -> effect.put("parent", folder.value()));
    effect.put("published", publishes());
    return effect;
  }
}
