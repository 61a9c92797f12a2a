package io.towpath.worker;

import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
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

  /** Adds what is missing; returns whether all are there with their types. */
  static boolean register(WorkflowServiceStubs temporal, String namespace) {
    OperatorServiceStubs operator =
        OperatorServiceStubs.newServiceStubs(
            OperatorServiceStubsOptions.newBuilder()
                .setChannel(temporal.getRawChannel())
                .validateAndBuildWithDefaults());
    try {
      Map<String, IndexedValueType> missing = missing(operator, namespace);
      if (!missing.isEmpty()) {
        operator
            .blockingStub()
            .addSearchAttributes(
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
      OperatorServiceStubs operator, String namespace) {
    Map<String, IndexedValueType> there =
        operator
            .blockingStub()
            .listSearchAttributes(
                ListSearchAttributesRequest.newBuilder().setNamespace(namespace).build())
            .getCustomAttributesMap();
    Map<String, IndexedValueType> missing = new TreeMap<>(SearchKeys.types());
    missing.entrySet().removeIf(wanted -> wanted.getValue() == there.get(wanted.getKey()));
    return missing;
  }
}
