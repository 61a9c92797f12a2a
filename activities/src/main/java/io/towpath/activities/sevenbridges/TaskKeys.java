package io.towpath.activities.sevenbridges;

import io.towpath.activities.store.S3Documents;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.RunKey;
import io.towpath.workflows.model.SpecDigest;
import io.towpath.workflows.samples.TaskInputs;
import java.util.HashSet;
import java.util.Set;

/** The operation keys that the tasks of a sheet have, found from what the tasks get. */
public final class TaskKeys {
  /** More attempts at one task than any request allows in its generations. */
  private static final int MOST_ATTEMPTS = 50;

  private final S3Documents documents;

  public TaskKeys(S3Documents documents) {
    this.documents = documents;
  }

  /**
   * Those of some keys that tasks of a sheet have, whatever their attempt.
   *
   * @param scope what the sheet's operation keys are scoped by
   * @param app the app in the project with its revision
   * @param inputs lines of {@link TaskInputs}
   */
  public Set<RunKey> among(Set<RunKey> keys, String scope, String app, ManifestRef inputs) {
    Set<RunKey> found = new HashSet<>();
    documents.forEach(
        inputs,
        TaskInputs.class,
        line -> {
          SpecDigest effect = WantedTask.effectOf(app, line);
          for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
            RunKey key = WantedTask.key(scope, line.sample(), effect, attempt);
            if (keys.contains(key)) {
              found.add(key);
            }
          }
        });
    return found;
  }
}
