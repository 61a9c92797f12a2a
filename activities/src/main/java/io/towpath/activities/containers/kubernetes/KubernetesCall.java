package io.towpath.activities.containers.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.opentelemetry.api.common.Attributes;
import io.towpath.activities.http.PlatformCalls;
import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes calls to an API server, tells of them, and judges what it answers. */
final class KubernetesCall {
  private final PlatformCalls calls;

  KubernetesCall(PlatformCalls calls) {
    this.calls = calls;
  }

  /** A call that may be repeated: silence is {@code PLATFORM_UNAVAILABLE}. */
  <T> T repeatable(String what, Supplier<T> call) {
    return judged(what, call, FailureKind.PLATFORM_UNAVAILABLE);
  }

  /** A call that makes something: silence is {@code OUTCOME_UNKNOWN}. */
  <T> T once(String what, Supplier<T> call) {
    return judged(what, call, FailureKind.OUTCOME_UNKNOWN);
  }

  private <T> T judged(String what, Supplier<T> call, FailureKind onSilence) {
    PlatformCalls.Call seen = calls.begin("kubernetes", what, Attributes.empty());
    int status = 0;
    try {
      T answer = call.get();
      status = 200;
      return answer;
    } catch (KubernetesClientException e) {
      status = e.getCode();
      String words = e.getStatus() == null ? "" : String.valueOf(e.getStatus().getMessage());
      throw new PlatformException(
          kindOf(status, onSilence),
          "Kubernetes "
              + what
              + (status < 300 ? " got no answer that can be read" : " answered HTTP " + status)
              + (words.isEmpty() ? "" : ": " + words),
          status,
          Optional.empty(),
          e);
    } finally {
      seen.ended(status);
    }
  }

  /** A quota that is used up comes as 403; it is the operator's. */
  private static FailureKind kindOf(int status, FailureKind onSilence) {
    return switch (status) {
      case 401, 403 -> FailureKind.ACCESS_DENIED;
      case 409 -> FailureKind.CONFLICT;
      case 429 -> FailureKind.PLATFORM_UNAVAILABLE;
      case 408, 425 -> onSilence;
      default -> status >= 400 && status < 500 ? FailureKind.INPUT_REJECTED : onSilence;
    };
  }
}
