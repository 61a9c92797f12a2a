package io.towpath.activities.containers.kubernetes;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.towpath.activities.containers.TooLarge;
import io.towpath.workflows.containers.ContainerActivities.ImageSpec;
import io.towpath.workflows.model.Problem;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Whether a pod of this size can ever run in a namespace, as far as the worker may read its nodes
 * and quotas. A pod that fits nowhere waits for ever.
 */
final class ClusterRoom {
  private static final BigDecimal MIB = BigDecimal.valueOf(1 << 20);

  private final List<Problem> problems = new ArrayList<>();
  private final ImageSpec spec;

  private ClusterRoom(ImageSpec spec) {
    this.spec = spec;
  }

  static List<Problem> check(JobsClient client, ImageSpec spec) {
    ClusterRoom room = new ClusterRoom(spec);
    List<Node> nodes = client.nodes();
    Function<String, Optional<BigDecimal>> most =
        resource ->
            nodes.stream()
                .flatMap(node -> amount(node.getStatus().getAllocatable(), resource))
                .max(Comparator.naturalOrder());
    room.compare(most.apply("memory"), most.apply("cpu"), "any node of the cluster can give");
    for (ResourceQuota quota : client.quotas()) {
      Map<String, Quantity> hard = quota.getSpec().getHard();
      room.compare(
          amount(hard, "requests.memory", "limits.memory", "memory").min(Comparator.naturalOrder()),
          amount(hard, "requests.cpu", "limits.cpu", "cpu").min(Comparator.naturalOrder()),
          "the quota " + quota.getMetadata().getName() + " allows in all");
    }
    return room.problems;
  }

  private void compare(Optional<BigDecimal> memory, Optional<BigDecimal> cpus, String who) {
    memory
        .map(bytes -> bytes.divideToIntegralValue(MIB).longValue())
        .filter(mostMb -> spec.memoryMb() > mostMb)
        .ifPresent(mostMb -> problems.add(TooLarge.memory(spec.memoryMb(), mostMb, who)));
    cpus.map(BigDecimal::doubleValue)
        .filter(most -> spec.cpus() > most)
        .ifPresent(most -> problems.add(TooLarge.cpus(spec.cpus(), most, who)));
  }

  private static Stream<BigDecimal> amount(Map<String, Quantity> of, String... resources) {
    return Stream.of(resources)
        .flatMap(resource -> Stream.ofNullable(of == null ? null : of.get(resource)))
        .map(Quantity::getNumericalAmount);
  }
}
