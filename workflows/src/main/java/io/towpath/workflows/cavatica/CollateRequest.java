package io.towpath.workflows.cavatica;

import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SynapseId;
import io.towpath.workflows.request.Fields;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where outputs are listed and kept, as written.
 *
 * @param folder the Synapse folder that the output manifest goes into
 * @param bucket the prefix that it goes to
 * @param export where the outputs themselves go; empty leaves them on the platform
 * @param include globs over output port ids
 * @param inheritMetadata whether outputs get the metadata of their sample's files
 */
public record CollateRequest(
    Optional<SynapseId> folder,
    Optional<S3Uri> bucket,
    Optional<Export> export,
    List<String> include,
    boolean inheritMetadata) {
  private static final String SYNAPSE = "synapse:";

  /** A writable volume, and the prefix below it; {@code {sheet}} in it is the sheet's key. */
  public record Export(String volume, String prefix) {}

  public CollateRequest {
    include = List.copyOf(include);
  }

  static CollateRequest read(Fields fields) {
    Optional<String> to =
        fields.optionalValue(
            "to",
            CollateRequest::place,
            "where the output manifest goes besides the ledger's bucket: synapse:syn123, or"
                + " s3://bucket/prefix/");
    return new CollateRequest(
        to.filter(text -> text.startsWith(SYNAPSE))
            .map(text -> new SynapseId(text.substring(SYNAPSE.length()))),
        to.filter(text -> !text.startsWith(SYNAPSE)).map(text -> new S3Uri(text).asFolder()),
        fields.optionalObject(
            "export",
            "where outputs are exported to; default: they stay in the platform's storage",
            CollateRequest::readExport),
        fields.texts("include", List.of("*"), "globs over the ids of the app's outputs"),
        fields
            .choice(
                "metadata",
                List.of("inheritFromSample", "none"),
                "outputs get the metadata that all files of their sample share")
            .equals("inheritFromSample"));
  }

  private static Export readExport(Fields fields) {
    String volume =
        CavaticaRequest.owned(fields, "volume", "a volume that may be written, owner/name");
    String prefix =
        fields.text("prefix", "{sheet}/", "prefix below the volume; {sheet} is the sheet's key");
    if (prefix.startsWith("/") || prefix.contains("//") || prefix.contains("..")) {
      fields.problem(
          "prefix", "\"" + prefix + "\" has an empty or a dotted folder; name a plain prefix");
    }
    return new Export(volume, prefix);
  }

  private static String place(String text) {
    if (text.startsWith(SYNAPSE)) {
      new SynapseId(text.substring(SYNAPSE.length()));
    } else if (text.startsWith("s3://")) {
      new S3Uri(text);
    } else {
      throw new IllegalArgumentException(
          "\"" + text + "\" is neither synapse:syn123 nor s3://bucket/prefix/");
    }
    return text;
  }

  Map<String, Object> effect() {
    Map<String, Object> effect = new TreeMap<>();
    folder.ifPresent(id -> effect.put("folder", id.value()));
    bucket.ifPresent(uri -> effect.put("bucket", uri.value()));
    export.ifPresent(
        out -> effect.put("export", Map.of("volume", out.volume(), "prefix", out.prefix())));
    effect.put("include", include);
    effect.put("inheritMetadata", inheritMetadata);
    return effect;
  }
}
