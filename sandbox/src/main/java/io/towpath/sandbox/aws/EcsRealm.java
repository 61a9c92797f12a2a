package io.towpath.sandbox.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** What ECS knows: one cluster, definitions, and tasks until some time after their end. */
final class EcsRealm {
  static final String CLUSTER = "towpath-demo";

  /** What an instance of the cluster has, in MiB; Fargate has its own sizes. */
  static final long MOST_MEMORY = 488L << 10;

  final AwsSettings settings;
  final Courses courses;
  final LogStreams logs;
  final Definitions definitions;
  final Kept<Task> tasks;

  EcsRealm(AwsSettings settings, Courses courses, LogStreams logs) {
    this.settings = settings;
    this.courses = courses;
    this.logs = logs;
    this.definitions = new Definitions(settings.arn("ecs", "task-definition/"));
    this.tasks = new Kept<>(settings.clock(), settings.times().taskRetention());
  }

  String clusterArn() {
    return settings.arn("ecs", "cluster/" + CLUSTER);
  }

  /** Refuses a request about another cluster; without a name the one called default is meant. */
  void checkCluster(ObjectNode request) {
    String cluster = request.path("cluster").asText("default");
    if (!cluster.equals(CLUSTER) && !cluster.equals(clusterArn())) {
      throw EcsRefusals.noCluster();
    }
  }

  String taskArn(String id) {
    return settings.arn("ecs", "task/" + CLUSTER + "/" + id);
  }

  /** The task that an id or an ARN means, unless it is too new or too old to be seen. */
  Optional<Task> find(String idOrArn) {
    String id = idOrArn.substring(idOrArn.lastIndexOf('/') + 1);
    boolean ours = id.equals(idOrArn) || idOrArn.equals(taskArn(id));
    return tasks.find(id).filter(task -> ours && isVisible(task));
  }

  List<Task> visible() {
    return tasks.all().stream().filter(this::isVisible).toList();
  }

  private boolean isVisible(Task task) {
    return !settings.clock().instant().isBefore(task.make().visible());
  }
}
