package io.towpath.starter.kind;

import io.towpath.starter.exit.Stop;
import io.towpath.workflows.cavatica.CavaticaRequest;
import io.towpath.workflows.cavatica.CavaticaWorkflow;
import io.towpath.workflows.release.ReleaseRequest;
import io.towpath.workflows.release.ReleaseWorkflow;
import io.towpath.workflows.roundtrip.RoundTripRequest;
import io.towpath.workflows.roundtrip.RoundTripWorkflow;
import io.towpath.workflows.scan.ManifestScanRequest;
import io.towpath.workflows.scan.ManifestScanWorkflow;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The ETLs by name. */
public final class Kinds {
  private static final String HERE =
      String.join(
          ", ",
          ReleaseWorkflow.TYPE,
          RoundTripWorkflow.TYPE,
          CavaticaWorkflow.TYPE,
          ManifestScanWorkflow.TYPE);

  private Kinds() {}

  /** The ETL with this name; other names end the command with what there is. */
  public static Kind named(String name) {
    if (name.equals(RoundTripWorkflow.TYPE)) {
      return roundTrip();
    }
    if (name.equals(CavaticaWorkflow.TYPE)) {
      return cavaticaDrs();
    }
    if (name.equals(ManifestScanWorkflow.TYPE)) {
      return manifestScan();
    }
    if (name.equals(ReleaseWorkflow.TYPE)) {
      return releaseDeploy();
    }
    throw Stop.badInput("\"" + name + "\" is no ETL; this version has: " + HERE);
  }

  private static Kind roundTrip() {
    return new Kind(
        RoundTripWorkflow.TYPE,
        "Synapse to S3, Nextflow runs on Seqera Platform, outputs back to Synapse",
        RoundTripRequest::read,
        List.of(
            new Kind.Part(
                "check", "resolves versions, commits and environments; every right and file"),
            new Kind.Part("stage", "copies the sheet's files to S3 and compares their MD5"),
            new Kind.Part("run", "launches each pipeline once and waits for it"),
            new Kind.Part("index", "files the outputs in Synapse, with provenance"),
            new Kind.Part("report", "writes the report to ledger, S3 and Synapse")),
        List.of(
            new Kind.Part(
                "SYNAPSE_AUTH_TOKEN", "reads the sheet and its files, writes index.parent"),
            new Kind.Part("TOWER_ACCESS_TOKEN", "launches in the workspace TOWER_WORKSPACE_ID"),
            new Kind.Part("AWS default chain", "reads and writes stage.to and TOWPATH_LEDGER")),
        roundTripForms(""));
  }

  private static Kind cavaticaDrs() {
    return new Kind(
        CavaticaWorkflow.TYPE,
        "S3 to CAVATICA without a copy, one task per sample, a DRS id per output file",
        CavaticaRequest::read,
        List.of(
            new Kind.Part(
                "check", "pins sheet and app revision; every row, file, input, right and volume"),
            new Kind.Part("import", "makes project, app and folders; imports files by reference"),
            new Kind.Part("draft", "makes one draft per sample, or finds its task; gate launch"),
            new Kind.Part("run", "runs the drafts, so many at a time, and waits for them"),
            new Kind.Part("collate", "collects outputs, exports them, finds their checksums"),
            new Kind.Part("drs", "gives each file one id and resolves it; gate publish"),
            new Kind.Part("report", "writes the output manifest and the report")),
        List.of(
            new Kind.Part("SB_AUTH_TOKEN", "works in the project; SB_API_ENDPOINT says where"),
            new Kind.Part("INDEXD_AUTH", "mints with drs.minter indexd, at INDEXD_ENDPOINT"),
            new Kind.Part(
                "SYNAPSE_AUTH_TOKEN", "reads a sheet in Synapse, writes collate.to in Synapse"),
            new Kind.Part(
                "AWS default chain", "reads exported outputs, writes TOWPATH_LEDGER, collate.to")),
        Map.of());
  }

  private static Kind releaseDeploy() {
    return new Kind(
        ReleaseWorkflow.TYPE,
        "the steps of a data release as containers, each once; checked, approved, promoted",
        ReleaseRequest::read,
        List.of(
            new Kind.Part("check", "pins image and configuration; items, executor and folders"),
            new Kind.Part("turn", "waits for its turn at what exclusive names"),
            new Kind.Part("step", "runs each item of a step in a container; its gate before"),
            new Kind.Part("verify", "reads the manifest that was left, records the release"),
            new Kind.Part("promote", "files the record for an environment; its gate before"),
            new Kind.Part("report", "writes the report to ledger and S3")),
        List.of(
            new Kind.Part("DOCKER_HOST", "the engine of executors docker and podman"),
            new Kind.Part("SYNAPSE_AUTH_TOKEN", "reads config and manifest, writes promotions"),
            new Kind.Part("AWS default chain", "executors aws-batch and aws-ecs; TOWPATH_LEDGER")),
        Map.of("steps[].command", Map.of("type", "array", "items", Map.of("type", "string"))));
  }

  private static Kind manifestScan() {
    return new Kind(
        ManifestScanWorkflow.TYPE,
        "starts a round trip for each new manifest in a Synapse folder; for schedules and events",
        fields -> ManifestScanRequest.read(fields, RoundTripRequest::readTemplate),
        List.of(
            new Kind.Part("list", "compares the folder with the ledger; sees what is new"),
            new Kind.Part("check", "checks what is new as towpath check does"),
            new Kind.Part("start", "starts a round trip for each that has no problem")),
        List.of(
            new Kind.Part("SYNAPSE_AUTH_TOKEN", "lists the folder; and what round-trip needs"),
            new Kind.Part("TOWER_ACCESS_TOKEN", "as round-trip"),
            new Kind.Part("AWS default chain", "as round-trip")),
        roundTripForms("template."));
  }

  private static Map<String, Map<String, Object>> roundTripForms(String parent) {
    Map<String, Object> text = Map.of("type", "string");
    Map<String, Map<String, Object>> forms = new TreeMap<>();
    forms.put(parent + "stage.columns", Map.of("const", "auto"));
    forms.put(parent + "prepare.group", text);
    forms.put(parent + "prepare.schema", text);
    forms.put(parent + "runs[].computeEnv", text);
    forms.put(parent + "runs[].inputs{}.select", Map.of("const", "*"));
    forms.put(parent + "runs[].inputs{}.group", text);
    forms.put(parent + "index.storageLocation", Map.of("type", "integer", "minimum", 1));
    forms.put(parent + "index.provenance.used", Map.of("enum", List.of("auto", "none")));
    forms.put(parent + "index.provenance.executed", Map.of("enum", List.of("auto", "none")));
    forms.put(parent + "runs[].stuckAfter", text);
    return forms;
  }
}
