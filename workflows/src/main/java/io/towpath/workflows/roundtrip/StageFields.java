package io.towpath.workflows.roundtrip;

import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.request.Fields;
import io.towpath.workflows.roundtrip.RoundTripRequest.Stage;
import io.towpath.workflows.transfer.Rename;
import io.towpath.workflows.transfer.StageRules;
import java.util.List;
import java.util.Optional;

/** The fields of staging. */
final class StageFields {
  private StageFields() {}

  static Stage read(Fields fields) {
    S3Uri to =
        fields.value(
            "to", S3Uri::new, new S3Uri("s3://placeholder/"), "prefix that files are staged below");
    if (to.key().contains("//") || to.key().contains("..")) {
      fields.problem("to", "\"" + to + "\" has an empty or a dotted folder; name a plain prefix");
    }
    String layout =
        fields.choice(
            "layout",
            List.of("idFolders", "flat", "bySample"),
            "one folder per entity and version, none, or one per sample");
    RoundTripRequest.onlyNow(
        fields, "versions", "pinAtStart", List.of(), "when entity versions are pinned");
    List<Rename> rename = readRenames(fields);
    return new Stage(
        to.asFolder(),
        layout,
        rename,
        readColumns(fields),
        fields.choice("verify", List.of("md5"), "what is compared after a copy"),
        fields.choice(
            "mode",
            List.of("serverCopy", "stream"),
            "copy inside S3 where that is possible, or always stream"),
        fields.number("maxParallel", 8, 1, StageRules.MOST_PARALLEL, "files at a time"),
        fields.flag(
            "reuseStaged",
            true,
            "keep a file that lies there with the same size, MD5 and version"));
  }

  private static List<Rename> readRenames(Fields fields) {
    return fields
        .optionalObjects(
            "rename",
            "rules for the names of staged files, applied in order",
            rule -> {
              String match = rule.text("match", "regular expression, searched for in the name");
              String replace = rule.text("replace", "", "what a match becomes; $1 is a group");
              try {
                return Optional.of(new Rename(match, replace));
              } catch (IllegalArgumentException e) {
                rule.problem("match", String.valueOf(e.getMessage()));
                return Optional.<Rename>empty();
              }
            })
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private static List<String> readColumns(Fields fields) {
    if (fields.raw("columns") instanceof String word) {
      if (!word.equals("auto")) {
        fields.problem("columns", "\"" + word + "\" is neither auto nor a list of column names");
      }
      return List.of();
    }
    return fields.texts(
        "columns", List.of(), "columns that hold bare ids; auto: only syn:// cells are references");
  }
}
