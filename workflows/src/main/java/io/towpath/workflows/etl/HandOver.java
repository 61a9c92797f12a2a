package io.towpath.workflows.etl;

import static io.towpath.workflows.progress.Operator.reason;

import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.towpath.workflows.ActivityPolicy;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.samplesheet.ForeignStep;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Hands a document to the user's own activity, in any language, and takes one back. */
public final class HandOver {
  private final String field;
  private final ForeignStep step;
  private final String summary;

  /**
   * How a request calls its activity.
   *
   * @param field where the request names it, such as {@code prepare.activity}
   * @param summary what it is called for, as people see it in Temporal
   */
  public HandOver(String field, ForeignStep step, String summary) {
    this.field = field;
    this.step = step;
    this.summary = summary;
  }

  /**
   * A document in S3.
   *
   * @param format such as {@code csv}; empty where the activity did not say
   */
  public record Document(S3Uri uri, String sha256, Optional<String> format) {}

  /** What the activity made of the document. Fails with {@code INPUT_REJECTED}, in its words. */
  public Document of(Document given) {
    Map<String, Object> reference = new TreeMap<>();
    reference.put("uri", given.uri().value());
    reference.put("sha256", given.sha256());
    given.format().ifPresent(format -> reference.put("format", format));
    try {
      return read(
          Workflow.newUntypedActivityStub(ActivityPolicy.foreign(step.taskQueue(), summary))
              .execute(step.name(), Object.class, reference));
    } catch (ActivityFailure failure) {
      if (CancellationScope.current().isCancelRequested()) {
        throw failure;
      }
      throw refused(reason(failure));
    }
  }

  private Document read(Object made) {
    if (!(made instanceof Map<?, ?> map)
        || !(map.get("uri") instanceof String uri)
        || !(map.get("sha256") instanceof String sha256)) {
      throw refused("expected {uri, sha256, format} as it was given, found another value");
    }
    Optional<String> format =
        map.get("format") instanceof String text ? Optional.of(text) : Optional.empty();
    try {
      return new Document(new S3Uri(uri), sha256, format);
    } catch (IllegalArgumentException e) {
      throw refused(String.valueOf(e.getMessage()));
    }
  }

  /** The failure of an activity that did not do what it was called for. */
  public ApplicationFailure refused(String why) {
    return ApplicationFailure.newNonRetryableFailure(
        field
            + ": \""
            + step.name()
            + "\" on task queue \""
            + step.taskQueue()
            + "\" made nothing of use: "
            + why,
        FailureKind.INPUT_REJECTED.name());
  }
}
