package io.towpath.activities.containers.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.towpath.activities.connections.Examined.Findings;
import io.towpath.activities.containers.ContainerScene;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a doctor is told of a cluster. */
@Timeout(30)
@DisplayNameGeneration(ReplaceUnderscores.class)
class ClusterRightsTest {
  private static final String REVIEWS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";

  private final KubernetesMockServer server = new KubernetesMockServer(false);

  @BeforeEach
  void start() {
    server.init();
  }

  @AfterEach
  void stop() {
    server.destroy();
  }

  @Test
  void each_right_that_is_denied_is_named() {
    answer(1, true);
    answer(6, false);
    answer(1, true);

    Findings found = findings();

    assertThat(found.missing())
        .containsExactly(
            "may not get jobs, list jobs, patch jobs, delete jobs, list pods, get pods/log;"
                + " deploy/kubernetes/jobs has the role");
    assertThat(found.notChecked()).isEmpty();
  }

  @Test
  void what_the_cluster_does_not_tell_is_not_checked() {
    server.expect().post().withPath(REVIEWS).andReturn(201, new SelfSubjectAccessReview()).always();

    assertThat(findings())
        .satisfies(found -> assertThat(found.missing()).isEmpty())
        .satisfies(found -> assertThat(found.notChecked()).hasSize(8));
  }

  private void answer(int times, boolean allowed) {
    server
        .expect()
        .post()
        .withPath(REVIEWS)
        .andReturn(
            201,
            new SelfSubjectAccessReviewBuilder()
                .withNewStatus()
                .withAllowed(allowed)
                .endStatus()
                .build())
        .times(times);
  }

  private Findings findings() {
    try (KubernetesClient client = server.createClient()) {
      return new ClusterRights(client, new KubernetesCall(ContainerScene.unheard()), "release")
          .findings("Kubernetes");
    }
  }
}
