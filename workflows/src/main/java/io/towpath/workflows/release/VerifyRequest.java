package io.towpath.workflows.release;

import io.towpath.workflows.model.SynapseId;
import io.towpath.workflows.request.Fields;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the steps have to leave: a manifest, a CSV with the columns {@code id,version}, in the
 * folder that they work on.
 *
 * @param parent the folder
 * @param name the manifest's file name
 * @param mustNotShrinkBy the share of rows that it may lose against the one before
 * @param onEmpty what a file of no bytes means: {@code fail}, {@code warn} or {@code accept}
 * @param onUnchanged what it means when the steps changed nothing
 */
record VerifyRequest(
    SynapseId parent, String name, double mustNotShrinkBy, String onEmpty, String onUnchanged) {
  private static final List<String> STRICT = List.of("fail", "warn", "accept");
  private static final List<String> MILD = List.of("warn", "fail", "accept");

  static VerifyRequest read(Fields fields) {
    return fields.object(
        "manifest",
        "the list of what was released",
        inner ->
            new VerifyRequest(
                inner.value("parent", SynapseId::new, new SynapseId("syn1"), "folder it lies in"),
                inner.text("name", "data_manifest.csv", "its file name"),
                inner.decimal("mustNotShrinkBy", 1, 0, 1, "share of its rows that may go, 0 to 1"),
                inner.choice("onEmpty", STRICT, "a file of no bytes"),
                inner.choice("onUnchanged", MILD, "the steps left everything as it was")));
  }

  Map<String, Object> effect() {
    Map<String, Object> effect = new TreeMap<>();
    effect.put("parent", parent.value());
    effect.put("name", name);
    effect.put("mustNotShrinkBy", mustNotShrinkBy);
    effect.put("onEmpty", onEmpty);
    effect.put("onUnchanged", onUnchanged);
    return effect;
  }
}
