package io.towpath.sandbox.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.s3.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Carries inputs from S3 to local files and results back, since this Nextflow has no S3 plugin. */
final class NextflowFiles {
  private static final Pattern SHEET = Pattern.compile(".*\\.(csv|tsv|txt)");
  private static final long LARGEST_SHEET = 16L << 20;

  /**
   * Later than the pipeline's own configuration and the launch's, so that nothing leaves the
   * machine.
   */
  private static final String LOCAL_ONLY =
      """

      process.executor = 'local'
      docker.enabled = false
      singularity.enabled = false
      podman.enabled = false
      tower.enabled = false
      executor { pollInterval = '100 ms' }
      trace { overwrite = true; raw = true; fields = '%s' }
      """;

  private final ObjectStore store;
  private final Path root;

  NextflowFiles(ObjectStore store, Path root) {
    this.store = store;
    this.root = root;
  }

  /** Brings the inputs near and writes the parameter and configuration files. */
  NextflowFolders prepare(RunSpec spec) throws IOException {
    NextflowFolders folders = NextflowFolders.create(root, spec);
    ObjectNode params = spec.params().deepCopy();
    for (Map.Entry<String, JsonNode> param : spec.params().properties()) {
      if (param.getValue().isTextual()) {
        params.put(param.getKey(), local(param.getKey(), param.getValue().asText(), folders));
      }
    }
    Files.writeString(folders.params(), params.toPrettyString());
    String limits = LOCAL_ONLY.formatted(NextflowTrace.FIELDS);
    Files.writeString(folders.config(), spec.source().configText() + limits);
    return folders;
  }

  /** Sends everything that the run published to the outdir it was launched with. */
  void upload(RunSpec spec, NextflowFolders folders) throws IOException {
    String outdir = spec.param("outdir");
    Optional<S3Place> place = S3Place.parse(outdir);
    Path results = folders.results(outdir);
    if (place.isEmpty() || !Files.isDirectory(results)) {
      return;
    }
    for (Path file : regularFiles(results)) {
      S3Place target = place.orElseThrow().below(results.relativize(file).toString());
      store.put(target.bucket(), target.key(), contentType(target.key()), file);
    }
  }

  private String local(String name, String value, NextflowFolders folders) throws IOException {
    Optional<S3Place> place = S3Place.parse(value);
    if (place.isEmpty()) {
      return value;
    }
    if (name.equals("outdir")) {
      return Files.createDirectories(folders.results(value)).toString();
    }
    Path copy = download(place.orElseThrow());
    boolean sheet =
        SHEET.matcher(String.valueOf(copy.getFileName())).matches()
            && Files.size(copy) <= LARGEST_SHEET;
    return sheet ? rewritten(copy, folders).toString() : copy.toString();
  }

  private Path rewritten(Path sheet, NextflowFolders folders) throws IOException {
    List<IOException> missing = new ArrayList<>();
    String text =
        Sheet.parse(Files.readString(sheet))
            .rewrite(
                cell -> {
                  Optional<S3Place> place = S3Place.parse(cell.strip());
                  try {
                    return place.isEmpty() ? cell : download(place.orElseThrow()).toString();
                  } catch (IOException e) {
                    missing.add(e);
                    return cell;
                  }
                });
    if (!missing.isEmpty()) {
      throw missing.get(0);
    }
    Path target = folders.session().resolve("inputs").resolve(sheet.getFileName());
    Files.createDirectories(folders.session().resolve("inputs"));
    return Files.writeString(target, text);
  }

  /**
   * The local copy of an object. It lies under its ETag, so that it keeps name, size and date as
   * long as the content stays, which is what the task cache looks at.
   */
  private Path download(S3Place place) throws IOException {
    ObjectStore.Stored stored =
        store
            .head(place.bucket(), place.key())
            .orElseThrow(() -> new IOException("No such file or directory: " + place));
    Path folder = root.resolve("inputs").resolve(Hashes.sha1(place + stored.etag()));
    Path copy = folder.resolve(place.baseName());
    synchronized (this) {
      if (!Files.exists(copy)) {
        Files.createDirectories(folder);
        Path partial = folder.resolve(".partial");
        try (InputStream in = store.open(place.bucket(), place.key(), 0, -1)) {
          Files.copy(in, partial, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(partial, copy, StandardCopyOption.ATOMIC_MOVE);
      }
    }
    return copy;
  }

  /** Writes each task's folder to the S3 work directory, as far as a person would look at it. */
  void uploadTaskLogs(RunSpec spec, List<TaskRecord> tasks) {
    Optional<S3Place> work = S3Place.parse(spec.workDir());
    if (work.isEmpty()) {
      return;
    }
    for (TaskRecord task : tasks) {
      Optional<S3Place> folder = S3Place.parse(task.place().workDir());
      if (folder.isPresent() && !task.status().equals("CACHED")) {
        S3Place log = folder.orElseThrow().below(".command.log");
        byte[] text = (task.name() + "\n" + task.place().log()).getBytes(StandardCharsets.UTF_8);
        store.put(log.bucket(), log.key(), "text/plain", text);
      }
    }
  }

  private static List<Path> regularFiles(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static String contentType(String key) {
    if (key.endsWith(".tsv")) {
      return "text/tab-separated-values";
    }
    if (key.endsWith(".csv")) {
      return "text/csv";
    }
    return key.matches(".*\\.(txt|md|md5|log)") ? "text/plain" : "application/octet-stream";
  }
}
