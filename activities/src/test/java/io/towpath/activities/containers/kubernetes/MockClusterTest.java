package io.towpath.activities.containers.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Quantity;
import io.towpath.workflows.model.Problem;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MockClusterTest extends ClusterSuite {
  @Override
  ApiServer server() {
    return new MockApiServer();
  }

  @Test
  void more_than_any_node_can_give_is_a_problem_with_what_there_is() {
    cluster().node("small", Map.of("memory", new Quantity("2Gi"), "cpu", new Quantity("1900m")));
    cluster().node("large", Map.of("memory", new Quantity("16Gi"), "cpu", new Quantity("4")));

    assertThat(room(12_288, 4)).isEmpty();
    assertThat(room(12_288, 5))
        .containsExactly(
            new Problem(
                "cpus",
                "5 cpus are more than any node of the cluster can give, 4; ask for less in the"
                    + " step's resources, or name another executor"));
  }
}
