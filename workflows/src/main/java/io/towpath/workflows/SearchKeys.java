package io.towpath.workflows;

import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.common.SearchAttributeKey;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The search attributes of all ETLs: few, as SQL visibility has ten Keyword slots a namespace. */
public final class SearchKeys {
  public static final SearchAttributeKey<String> KIND = SearchAttributeKey.forKeyword("EtlKind");
  public static final SearchAttributeKey<String> DATASET =
      SearchAttributeKey.forKeyword("EtlDataset");
  public static final SearchAttributeKey<String> STAGE = SearchAttributeKey.forKeyword("EtlStage");
  public static final SearchAttributeKey<String> OUTCOME =
      SearchAttributeKey.forKeyword("EtlOutcome");
  public static final SearchAttributeKey<Long> ITEMS_FAILED =
      SearchAttributeKey.forLong("EtlItemsFailed");
  public static final SearchAttributeKey<List<String>> EXTERNAL_RUN_IDS =
      SearchAttributeKey.forKeywordList("EtlExternalRunIds");

  private SearchKeys() {}

  /** Name and type of each, for the registration at the worker's start. */
  public static Map<String, IndexedValueType> types() {
    Map<String, IndexedValueType> types = new TreeMap<>();
    for (SearchAttributeKey<?> key :
        List.of(KIND, DATASET, STAGE, OUTCOME, ITEMS_FAILED, EXTERNAL_RUN_IDS)) {
      types.put(key.getName(), key.getValueType());
    }
    return types;
  }
}
