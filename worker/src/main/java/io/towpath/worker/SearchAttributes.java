package io.towpath.worker;

import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.OperatorServiceGrpc;
import io.temporal.api.operatorservice.v1.OperatorServiceGrpc.OperatorServiceBlockingStub;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.towpath.workflows.SearchKeys;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers our search attributes. A server that refuses costs a warning: runs then leave the
 * upserts out, because one unregistered attribute would stop a workflow task for ever.
 */
final class SearchAttributes {
  private static final Logger LOG = LoggerFactory.getLogger(SearchAttributes.class);

  private SearchAttributes() {}

  /**
   * Adds what is missing; returns whether all are there with their types. The channel is the one
   * that signs, as the raw one would go without an API key.
   */
  static boolean register(WorkflowServiceStubs temporal, String namespace) {
    OperatorServiceBlockingStub operator =
        OperatorServiceGrpc.newBlockingStub(temporal.blockingStub().getChannel());
    try {
      Map<String, IndexedValueType> missing = missing(operator, namespace);
      if (!missing.isEmpty()) {
        operator.addSearchAttributes(
            AddSearchAttributesRequest.newBuilder()
                .setNamespace(namespace)
                .putAllSearchAttributes(missing)
                .build());
        missing = missing(operator, namespace);
      }
      if (!missing.isEmpty()) {
        LOG.warn(
            "search attributes {} have another type here; runs go without search attributes",
            missing.keySet());
      }
      return missing.isEmpty();
    } catch (StatusRuntimeException refused) {
      LOG.warn(
          "the server refuses search attributes ({}); runs go without them, an operator may add {}",
          refused.getStatus().getCode(),
          SearchKeys.types().keySet());
      return false;
    }
  }

  private static Map<String, IndexedValueType> missing(
      OperatorServiceBlockingStub operator, String namespace) {
    Map<String, IndexedValueType> there =
        operator
            .listSearchAttributes(
                ListSearchAttributesRequest.newBuilder().setNamespace(namespace).build())
            .getCustomAttributesMap();
    Map<String, IndexedValueType> missing = new TreeMap<>(SearchKeys.types());
    missing.entrySet().removeIf(wanted -> wanted.getValue() == there.get(wanted.getKey()));
    return missing;
  }
}
