package io.towpath.starter.temporal;

import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.OperatorServiceGrpc;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.towpath.workflows.SearchKeys;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.model.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/** What {@code doctor} can see of Temporal itself, without a worker. */
public final class ServerChecks {
  private static final List<String> ACTIVITY_QUEUES =
      List.of(TaskQueues.SYNAPSE, TaskQueues.S3, TaskQueues.SEQERA);

  private final TemporalConnection connection;

  public ServerChecks(TemporalConnection connection) {
    this.connection = connection;
  }

  /** Server, namespace, pollers of each queue, and search attributes. */
  public List<Check> all() {
    List<Check> checks = new ArrayList<>();
    String version = connection.serverVersion();
    checks.add(
        new Check(
            "temporal",
            true,
            connection.address() + (version.isEmpty() ? "" : ", version " + version)));
    checks.add(namespace());
    Workers workers = new Workers(connection);
    checks.add(pollers(TaskQueues.WORKFLOWS, workers.pollers(TaskQueues.WORKFLOWS, false)));
    workers
        .versions()
        .map(found -> new Check("version", found.ok(), found.text()))
        .ifPresent(checks::add);
    for (String queue : ACTIVITY_QUEUES) {
      checks.add(pollers(queue, workers.pollers(queue, true)));
    }
    checks.add(searchAttributes());
    return checks;
  }

  private Check namespace() {
    String name = connection.namespace();
    try {
      var namespace =
          connection
              .stubs()
              .blockingStub()
              .describeNamespace(DescribeNamespaceRequest.newBuilder().setNamespace(name).build());
      long days = namespace.getConfig().getWorkflowExecutionRetentionTtl().getSeconds() / 86_400;
      return new Check("namespace", true, name + (days > 0 ? ", keeps runs " + days + " d" : ""));
    } catch (StatusRuntimeException e) {
      return new Check(
          "namespace",
          false,
          name + ": " + TemporalConnection.words(e.getStatus()) + "; set TEMPORAL_NAMESPACE");
    }
  }

  private static Check pollers(String queue, OptionalInt pollers) {
    if (pollers.isEmpty()) {
      return new Check("queue " + queue, true, "this server does not tell who polls");
    }
    int count = pollers.getAsInt();
    return new Check(
        "queue " + queue,
        count > 0,
        count > 0
            ? count + (count == 1 ? " poller" : " pollers")
            : "nobody polls; start a worker: ./towpath worker");
  }

  private Check searchAttributes() {
    Map<String, IndexedValueType> missing = new TreeMap<>(SearchKeys.types());
    try {
      OperatorServiceGrpc.newBlockingStub(connection.stubs().blockingStub().getChannel())
          .listSearchAttributes(
              ListSearchAttributesRequest.newBuilder().setNamespace(connection.namespace()).build())
          .getCustomAttributesMap()
          .forEach(missing::remove);
    } catch (StatusRuntimeException e) {
      return new Check(
          "search attributes", true, "this server does not tell; runs go without where it refuses");
    }
    return missing.isEmpty()
        ? new Check("search attributes", true, String.join(", ", SearchKeys.types().keySet()))
        : new Check(
            "search attributes",
            false,
            "missing or of another type: "
                + String.join(", ", missing.keySet())
                + "; the worker adds them at start");
  }
}
