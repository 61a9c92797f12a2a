package io.towpath.workflows.roundtrip;

import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.SpecDigest;
import io.towpath.workflows.synapse.Provenance;
import io.towpath.workflows.synapse.Provenance.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says where an index's files come from: inputs, pipelines at their commits, parameters, runs. */
final class IndexSources {
  private IndexSources() {}

  /**
   * @param index which sources it wants named
   * @param runs reports of the runs whose outputs are indexed, at least one
   * @param inputs the files that were staged for them
   */
  static Provenance of(
      RoundTripSpec spec, IndexRequest index, List<Map<String, Object>> runs, ManifestRef inputs) {
    List<Source> used = new ArrayList<>();
    for (String source : index.provenance().used()) {
      used.add(
          IndexRequest.Sources.isAuto(source)
              ? new Source("manifest", spec.manifest().id().value())
              : new Source(source, source));
    }
    List<Source> executed = new ArrayList<>();
    for (String source : index.provenance().executed()) {
      if (IndexRequest.Sources.isAuto(source)) {
        runs.forEach(run -> executed.addAll(executed(run)));
      } else {
        executed.add(new Source(source, source));
      }
    }
    boolean inputsToo =
        index.provenance().used().stream().anyMatch(IndexRequest.Sources::isAuto)
            && inputs.rows() > 0;
    return new Provenance(
        String.valueOf(runs.get(runs.size() - 1).get("runName")),
        description(spec, runs),
        used,
        inputsToo ? Optional.of(inputs) : Optional.empty(),
        executed);
  }

  private static List<Source> executed(Map<String, Object> run) {
    List<Source> executed = new ArrayList<>();
    Object commit = run.getOrDefault("commitId", run.get("revision"));
    executed.add(
        new Source("pipeline " + run.get("name"), run.get("pipeline") + "/tree/" + commit));
    if (run.get("url") instanceof String url && url.startsWith("http")) {
      executed.add(new Source("run " + run.get("runName"), url));
    }
    return executed;
  }

  /** What Synapse takes in no link: digests and S3 URIs. */
  private static String description(RoundTripSpec spec, List<Map<String, Object>> runs) {
    StringBuilder text = new StringBuilder("towpath " + spec.businessKey());
    text.append("; spec ").append(spec.digest().value());
    for (Map<String, Object> run : runs) {
      text.append("; ").append(run.get("runName"));
      for (RoundTripRequest.Run asked : spec.request().runs()) {
        if (asked.name().equals(run.get("name"))) {
          text.append(", params ").append(SpecDigest.of(asked.params()).value());
        }
      }
      text.append(", to ").append(run.get("outdir"));
    }
    return text.toString();
  }
}
