package io.towpath.activities.containers.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import java.util.Optional;
import java.util.function.Supplier;

/** Judges what an API server answers. */
final class KubernetesCall {
  private KubernetesCall() {}

  /** A call that may be repeated: silence is {@code PLATFORM_UNAVAILABLE}. */
  static <T> T repeatable(String what, Supplier<T> call) {
    return judged(what, call, FailureKind.PLATFORM_UNAVAILABLE);
  }

  /** A call that makes something: silence is {@code OUTCOME_UNKNOWN}. */
  static <T> T once(String what, Supplier<T> call) {
    return judged(what, call, FailureKind.OUTCOME_UNKNOWN);
  }

  private static <T> T judged(String what, Supplier<T> call, FailureKind onSilence) {
    try {
      return call.get();
    } catch (KubernetesClientException e) {
      int status = e.getCode();
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
