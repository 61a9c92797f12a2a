package io.towpath.workflows;

import io.towpath.workflows.model.SynapseId;
import java.util.Optional;

/** Business keys: pure functions of a resolved request, readable, one per piece of work. */
public final class WorkflowIds {
  /** First part of the business keys of round trips. */
  public static final String ROUND_TRIP = "round-trip";

  /** First part of the business keys of S3 to CAVATICA to DRS. */
  public static final String CAVATICA_DRS = "cavatica-drs";

  /** First part of the business keys of releases. */
  public static final String RELEASE_DEPLOY = "release-deploy";

  private WorkflowIds() {}

  /**
   * {@code round-trip/syn51514475.3/rnaseq}.
   *
   * @param manifest names its content: moving references are resolved before the id is built
   * @param recipe the request's recipe, by default the name of its last run
   */
  public static String roundTrip(String manifest, String recipe) {
    return ROUND_TRIP + "/" + manifest + "/" + recipe;
  }

  /**
   * {@code manifest-scan/syn51514500/rnaseq}. A scan for one object adds its id: the scan of the
   * whole folder that runs at that moment may have passed it already.
   */
  public static String manifestScan(SynapseId folder, String recipe, Optional<SynapseId> only) {
    String id = "manifest-scan/" + folder.entity() + "/" + recipe;
    return only.map(object -> id + "/" + object.entity()).orElse(id);
  }

  /**
   * {@code cavatica-drs/include-dcc/include-sandbox/syn33335513.4/kfdrc-rnaseq-workflow}.
   *
   * @param project {@code owner/name}
   * @param sheet names its content: the newest version is pinned before the id is built
   * @param app name of the app, without its project and revision
   */
  public static String cavaticaDrs(String project, String sheet, String app) {
    return CAVATICA_DRS + "/" + project + "/" + sheet + "/" + app;
  }

  /** {@code release-deploy/agora/preprod/2026.07}. */
  public static String releaseDeploy(String project, String environment, String release) {
    return RELEASE_DEPLOY + "/" + project + "/" + environment + "/" + release;
  }

  /** {@code watcher/seqera/<connection>/<workspace>}: who looks for all runs of a workspace. */
  public static String watcher(String connection, long workspace) {
    return "watcher/seqera/" + connection + "/" + workspace;
  }

  /** {@code lease/drs/<dataset>}: the queue for a resource that one run at a time may work on. */
  public static String lease(String resource) {
    return "lease/" + resource;
  }
}
