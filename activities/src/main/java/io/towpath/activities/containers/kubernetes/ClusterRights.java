package io.towpath.activities.containers.kubernetes;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.towpath.activities.connections.Examined.Findings;
import java.util.ArrayList;
import java.util.List;

/** What we may do in a namespace: the cluster answers such questions and keeps nothing of them. */
final class ClusterRights {
  private final KubernetesClient client;
  private final KubernetesCall calls;
  private final String namespace;

  /** What is done, to what, in which group of the API. */
  private record Right(String verb, String group, String resource, String part) {
    String words() {
      return verb + " " + resource + (part.isEmpty() ? "" : "/" + part);
    }
  }

  private static final List<Right> NEEDED =
      List.of(
          new Right("create", "batch", "jobs", ""),
          new Right("get", "batch", "jobs", ""),
          new Right("list", "batch", "jobs", ""),
          new Right("patch", "batch", "jobs", ""),
          new Right("delete", "batch", "jobs", ""),
          new Right("list", "", "pods", ""),
          new Right("get", "", "pods", "log"),
          new Right("create", "", "secrets", ""));

  ClusterRights(KubernetesClient client, KubernetesCall calls, String namespace) {
    this.client = client;
    this.calls = calls;
    this.namespace = namespace;
  }

  Findings findings(String text) {
    List<String> denied = new ArrayList<>();
    List<String> notTold = new ArrayList<>();
    for (Right right : NEEDED) {
      SelfSubjectAccessReview answer =
          calls.repeatable(
              "review access",
              () -> client.authorization().v1().selfSubjectAccessReview().create(review(right)));
      if (answer.getStatus() == null || answer.getStatus().getAllowed() == null) {
        notTold.add(right.words());
      } else if (!answer.getStatus().getAllowed()) {
        denied.add(right.words());
      }
    }
    List<String> missing =
        denied.isEmpty()
            ? List.of()
            : List.of(
                "may not " + String.join(", ", denied) + "; deploy/kubernetes/jobs has the role");
    return new Findings(text, missing, notTold);
  }

  private SelfSubjectAccessReview review(Right right) {
    return new SelfSubjectAccessReviewBuilder()
        .withNewSpec()
        .withNewResourceAttributes()
        .withNamespace(namespace)
        .withVerb(right.verb())
        .withGroup(right.group())
        .withResource(right.resource())
        .withSubresource(right.part().isEmpty() ? null : right.part())
        .endResourceAttributes()
        .endSpec()
        .build();
  }
}
