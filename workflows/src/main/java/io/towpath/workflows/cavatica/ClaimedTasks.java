package io.towpath.workflows.cavatica;

import io.towpath.workflows.etl.ClaimedRun;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SpecDigest;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.DraftTasks;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the ledger remembers of the tasks of one generation, written before the first draft: a later
 * generation stops what it does not want of them, and another sheet of the project sees which tasks
 * an open claim names.
 */
public record ClaimedTasks(
    String specDigest, String scope, String project, String app, ManifestRef inputs) {
  /** The outcome's name in the ledger. */
  public static final String STEP = "tasks";

  static ClaimedTasks of(SpecDigest digest, DraftTasks tasks) {
    return new ClaimedTasks(
        digest.value(), tasks.scope(), tasks.project(), tasks.app(), tasks.inputs());
  }

  Map<String, Object> json() {
    Map<String, Object> json = new TreeMap<>();
    json.put("specDigest", specDigest);
    json.put("scope", scope);
    json.put("project", project);
    json.put("app", app);
    json.put("inputs", inputs.pages().value());
    json.put("sha256", inputs.sha256());
    json.put("rows", inputs.rows());
    json.put("pageSize", inputs.pageSize());
    return json;
  }

  /** Reads it back; empty where it is of another form. */
  public static Optional<ClaimedTasks> read(Map<String, Object> json) {
    return json.get("specDigest") instanceof String digest
            && json.get("scope") instanceof String scope
            && json.get("project") instanceof String project
            && json.get("app") instanceof String app
            && json.get("inputs") instanceof String pages
            && json.get("sha256") instanceof String sha256
            && json.get("rows") instanceof Number rows
            && json.get("pageSize") instanceof Number size
        ? Optional.of(
            new ClaimedTasks(
                digest,
                scope,
                project,
                app,
                new ManifestRef(new S3Uri(pages), sha256, rows.longValue(), size.intValue(), 0)))
        : Optional.empty();
  }

  /** Whether a request wants the very same tasks. */
  boolean isOf(CavaticaSpec spec) {
    return specDigest.equals(spec.digest().value());
  }

  /** The same tasks as work of a run that stops them. */
  DraftTasks asWork(ClaimedRun<CavaticaSpec> run) {
    return new DraftTasks(
        run.claim(),
        run.spec().connection(),
        scope,
        project,
        app,
        inputs,
        run.spec().request().tasks().options(),
        false,
        run.work().resolve("earlier/"));
  }
}
