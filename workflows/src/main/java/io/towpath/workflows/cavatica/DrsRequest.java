package io.towpath.workflows.cavatica;

import io.towpath.workflows.drs.DrsActivities.MintRules;
import io.towpath.workflows.request.Fields;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How outputs get DRS ids, as written.
 *
 * @param publish {@code never}, {@code auto} or {@code afterApproval}
 */
public record DrsRequest(
    String minter,
    Optional<Dataset> dataset,
    List<String> checksums,
    Optional<String> selfUriBase,
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
            fields.choice(
                "publish",
                List.of(NEVER, "auto", AFTER_APPROVAL),
                "make the dataset visible: never, when nothing failed, or once gate publish is"
                    + " approved"));
    request.check(fields);
    return request;
  }

  private void check(Fields fields) {
    if (minter.equals(SYNAPSE)) {
      fields.problem(
          "minter",
          "\"synapse\" gives ids to files of Synapse, and this version leaves outputs on the"
              + " platform or in a bucket; use another one");
    }
    if (publishes() && !minter.equals(CAVATICA_DATASET)) {
      fields.problem(
          "publish", "only a dataset of " + CAVATICA_DATASET + " can be published; leave it out");
    }
    if (minter.equals(CAVATICA_DATASET) && fields.raw("dataset") == null) {
      fields.problem("dataset", "missing; " + CAVATICA_DATASET + " mints into a dataset");
    }
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
    effect.put("published", publishes());
    return effect;
  }
}
