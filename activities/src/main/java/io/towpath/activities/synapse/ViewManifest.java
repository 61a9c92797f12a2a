package io.towpath.activities.synapse;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.rows.PackedRows;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.FileRef;
import io.towpath.workflows.model.SourceId;
import io.towpath.workflows.model.SynapseId;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A view or dataset read as a manifest: the sheet that its rows make, with {@code
 * syn://synN.version} in the {@code id} column, and what its columns say of each file, so that no
 * file needs a call of its own.
 */
final class ViewManifest {
  private static final String ID = "id";
  private static final String HANDLE = "dataFileHandleId";
  private static final String SIZE = "dataFileSizeBytes";
  private static final List<String> WANTED =
      List.of(
          ID,
          "name",
          "type",
          HANDLE,
          SIZE,
          "dataFileMD5Hex",
          "dataFileName",
          "dataFileConcreteType",
          "dataFileBucket",
          "dataFileKey");

  private ViewManifest() {}

  /** The sheet is CSV in UTF-8; what the columns do not describe is not among the known files. */
  static ManifestContent read(
      SynapseClient client, SynapseId view, Optional<String> query, Runnable heartbeat) {
    ViewQuery asked = query.map(sql -> ViewQuery.read(sql, view)).orElse(ViewQuery.ALL);
    List<String> has = client.columns(view.entity());
    List<ViewQuery.Column> selected = selected(asked, has, view);
    List<String> names = new ArrayList<>(selected.stream().map(ViewQuery.Column::name).toList());
    List<String> more =
        WANTED.stream().filter(name -> has.contains(name) && !names.contains(name)).toList();
    names.addAll(more);
    String sql = asked.sql(view, selected, more, has.contains(ID));
    boolean described = has.contains(HANDLE) && has.contains(SIZE);
    PackedRows<FileLook> looks = new PackedRows<>(FileLook.class);
    ByteArrayOutputStream sheet = new ByteArrayOutputStream();
    sheet.writeBytes(line(selected.stream().map(ViewQuery.Column::alias).toList()));
    new ViewRows(client, view.entity(), heartbeat)
        .forEach(
            sql,
            names,
            row -> {
              sheet.writeBytes(line(cells(selected, row)));
              if (described) {
                looks.add(row.id().value(), look(row));
              }
            });
    return new ManifestContent(sheet.toByteArray(), looks);
  }

  private static List<ViewQuery.Column> selected(
      ViewQuery query, List<String> has, SynapseId view) {
    List<ViewQuery.Column> selected =
        query.columns().isEmpty()
            ? has.stream().map(name -> new ViewQuery.Column(name, name)).toList()
            : query.columns();
    List<String> unknown =
        selected.stream().map(ViewQuery.Column::name).filter(name -> !has.contains(name)).toList();
    if (!unknown.isEmpty()) {
      throw rejected(view + " has no column " + Listing.of(unknown, ", ") + "; it has " + has);
    }
    if (selected.stream().noneMatch(column -> column.name().equals(ID))) {
      throw rejected(
          "the manifest "
              + view
              + " names no files: select its column id, for example id AS fastq_1");
    }
    return selected;
  }

  private static List<String> cells(List<ViewQuery.Column> columns, ViewRows.Row row) {
    return columns.stream()
        .map(
            column ->
                column.name().equals(ID)
                    ? "syn://" + row.id()
                    : row.value(column.name()).orElse(""))
        .toList();
  }

  private static byte[] line(List<String> cells) {
    StringBuilder csv = new StringBuilder();
    String separator = "";
    for (String cell : cells) {
      boolean quotes = cell.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
      csv.append(separator).append(quotes ? '"' + cell.replace("\"", "\"\"") + '"' : cell);
      separator = ",";
    }
    return csv.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  private static FileLook look(ViewRows.Row row) {
    String name = row.value("dataFileName").or(() -> row.value("name")).orElse(row.id().entity());
    String what = row.id() + " (\"" + name + "\")";
    Optional<String> handle = row.value(HANDLE);
    if (handle.isEmpty() || !row.value("type").map("file"::equals).orElse(true)) {
      return FileLook.wrong(
          what + " is no file; let manifest.query choose files, WHERE type = 'file'");
    }
    String type = row.value("dataFileConcreteType").orElse("S3FileHandle");
    if (!type.endsWith("S3FileHandle") && !type.endsWith("GoogleCloudFileHandle")) {
      return FileLook.wrong(what + " is kept as " + type + ", which cannot be fetched");
    }
    Optional<String> md5 = row.value("dataFileMD5Hex").map(hex -> hex.toLowerCase(Locale.ROOT));
    long size = Long.parseLong(row.value(SIZE).filter(n -> n.matches("\\d{1,18}")).orElse("0"));
    FileRef file =
        new FileRef(
            SourceId.of(row.id()),
            name,
            "",
            handle.get(),
            size,
            md5,
            row.value("dataFileBucket").filter(bucket -> type.endsWith("S3FileHandle")),
            row.value("dataFileKey").filter(key -> type.endsWith("S3FileHandle")));
    return new FileLook(Optional.of(file), "", Optional.empty(), FileLook.doubts(size, md5, what));
  }

  private static PlatformException rejected(String message) {
    return new PlatformException(FailureKind.INPUT_REJECTED, message);
  }
}
