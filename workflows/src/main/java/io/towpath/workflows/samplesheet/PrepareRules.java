package io.towpath.workflows.samplesheet;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a staged sheet becomes the one that the pipeline gets (etl-spec b2, {@code prepare}). In this
 * order: references become URIs, {@code map}, {@code rename}, {@code select}, {@code group}; then
 * the user's activity; then the schema is checked.
 *
 * @param map column to JSONata expression; each sees the row as it was before any of them
 * @param rename old name to new name
 * @param select columns that stay, in this order, by their new names; empty keeps all
 * @param group columns by which following rows become one; empty leaves them apart
 * @param write {@code csv}, {@code tsv}, {@code json}, {@code yaml}, or {@code auto}: as it came
 * @param sheetSchema what every row must conform to ({@code assets/schema_input.json})
 * @param paramsSchema what the parameters must conform to ({@code nextflow_schema.json})
 * @param activity the user's own step
 */
public record PrepareRules(
    Map<String, String> map,
    Map<String, String> rename,
    List<String> select,
    List<String> group,
    String write,
    Optional<SchemaRef> sheetSchema,
    Optional<SchemaRef> paramsSchema,
    Optional<ForeignStep> activity) {
  /** Leave the sheet as it is. */
  public static final PrepareRules NONE =
      new PrepareRules(
          Map.of(),
          Map.of(),
          List.of(),
          List.of(),
          "auto",
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** Whether the sheet is written anew; otherwise only its references are replaced. */
  public boolean shapes() {
    return !map.isEmpty()
        || !rename.isEmpty()
        || !select.isEmpty()
        || !group.isEmpty()
        || !write.equals("auto");
  }

  /** The rules with the schemas of a pipeline taken from this revision of it. */
  public PrepareRules at(String revision) {
    return new PrepareRules(
        map,
        rename,
        select,
        group,
        write,
        sheetSchema.map(schema -> schema.at(revision)),
        paramsSchema.map(schema -> schema.at(revision)),
        activity);
  }

  /** The fields that decide the effect of a request. */
  public Map<String, Object> effect() {
    Map<String, Object> effect = new TreeMap<>();
    effect.put("map", map);
    effect.put("rename", rename);
    effect.put("select", select);
    effect.put("group", group);
    effect.put("write", write);
    sheetSchema.ifPresent(schema -> effect.put("sheetSchema", schema.effect()));
    paramsSchema.ifPresent(schema -> effect.put("paramsSchema", schema.effect()));
    activity.ifPresent(
        step -> effect.put("activity", Map.of("name", step.name(), "taskQueue", step.taskQueue())));
    return effect;
  }
}
