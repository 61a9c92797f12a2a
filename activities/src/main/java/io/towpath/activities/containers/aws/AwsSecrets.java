package io.towpath.activities.containers.aws;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Secrets that AWS itself resolves, because values in a definition or an override would be shown to
 * everybody who may describe it.
 */
final class AwsSecrets {
  static final String MANAGER = "aws-sm:";
  static final String PARAMETERS = "aws-ssm:";

  private AwsSecrets() {}

  static List<Problem> check(Map<String, String> secrets) {
    List<Problem> problems = new ArrayList<>();
    new TreeMap<>(secrets)
        .forEach(
            (name, reference) -> {
              if (!isKnown(reference)) {
                problems.add(
                    new Problem(
                        "secrets." + name,
                        "AWS cannot resolve this kind of reference; expected aws-sm:arn:aws:… of"
                            + " Secrets Manager or aws-ssm:arn:aws:… of the Parameter Store"));
              }
            });
    return problems;
  }

  /** What stands as {@code valueFrom}, by name. */
  static Map<String, String> valueFrom(Map<String, String> secrets) {
    List<Problem> problems = check(secrets);
    if (!problems.isEmpty()) {
      throw new PlatformException(
          FailureKind.INPUT_REJECTED, problems.get(0).place() + ": " + problems.get(0).text());
    }
    Map<String, String> arns = new TreeMap<>();
    secrets.forEach((name, reference) -> arns.put(name, id(reference)));
    return arns;
  }

  private static boolean isKnown(String reference) {
    boolean ours = reference.startsWith(MANAGER) || reference.startsWith(PARAMETERS);
    return ours && id(reference).startsWith("arn:");
  }

  /** What stands behind the kind of reference. */
  static String id(String reference) {
    return reference.substring(reference.indexOf(':') + 1);
  }
}
