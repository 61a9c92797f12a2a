package io.towpath.proof.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rules about what is brought to where it is computed on. */
final class Staging {
  private Staging() {}

  static Outcome once(Scene scene) {
    if (scene.asked.staged.isEmpty() && scene.asked.imported.isEmpty()) {
      return new Outcome.NotApplicable("no file is staged or imported");
    }
    List<String> violations = new ArrayList<>();
    scene.asked.staged.forEach(file -> staged(scene, file).ifPresent(violations::add));
    scene.asked.imported.stream()
        .map(Expectation.Imported::project)
        .distinct()
        .forEach(project -> violations.addAll(imported(scene, project)));
    return Outcome.of(violations);
  }

  private static Optional<String> staged(Scene scene, Expectation.Staged file) {
    Optional<byte[]> found = scene.object(file.uri());
    if (found.isEmpty()) {
      return Optional.of("nothing lies at " + file.uri());
    }
    String md5 = Digest.md5(found.get());
    if (found.get().length != file.size() || !md5.equals(file.md5())) {
      return Optional.of(
          file.uri()
              + " has "
              + found.get().length
              + " bytes with MD5 "
              + md5
              + ", not "
              + file.size()
              + " with "
              + file.md5());
    }
    int writes = scene.sent.writes(file.uri()).size();
    return writes == 1
        ? Optional.empty()
        : Optional.of(file.uri() + " was written " + writes + " times");
  }

  private static List<String> imported(Scene scene, String project) {
    List<JsonNode> files = scene.platforms.files(project);
    List<String> violations = new ArrayList<>();
    for (Expectation.Imported file : scene.asked.imported) {
      List<JsonNode> found =
          files.stream()
              .filter(one -> one.at("/storage/location").asText().equals(file.location()))
              .filter(one -> one.path("size").asLong() == file.size())
              .toList();
      if (file.project().equals(project) && found.size() != 1) {
        violations.add(
            found.size() + " files of " + project + " are " + file.location() + " with its size");
      }
    }
    return violations;
  }

  static Outcome completeBeforeUse(Scene scene) {
    List<String> violations = new ArrayList<>();
    long firstRun =
        scene.sent.committed().stream()
            .filter(Start::begins)
            .mapToLong(Entry::seq)
            .min()
            .orElse(Long.MAX_VALUE);
    for (Expectation.Staged file : scene.asked.staged) {
      scene.sent.writes(file.uri()).stream()
          .filter(write -> write.seq() > firstRun)
          .forEach(write -> violations.add(write + " came after the first run began"));
    }
    for (Entry filed : outputs(scene)) {
      scene.sent.writes(place(scene, filed)).stream()
          .filter(write -> write.seq() > filed.seq())
          .forEach(write -> violations.add(write + " came after its file was filed"));
    }
    boolean nothing = scene.asked.staged.isEmpty() && scene.asked.outputs.isEmpty();
    return nothing && violations.isEmpty()
        ? new Outcome.NotApplicable("no file is staged or filed")
        : Outcome.of(violations);
  }

  /** A note may be written again, with the bytes that it has: its MD5 is compared at the end. */
  private static List<Entry> outputs(Scene scene) {
    return scene.sent.committed("synapse", "POST /entity/bundle2/create").stream()
        .filter(
            filed ->
                scene.asked.outputs.stream()
                    .noneMatch(note -> !note.made() && note.path().endsWith(filed.name())))
        .toList();
  }

  /** The {@code s3://} URI that a file stood for when it was made. */
  private static String place(Scene scene, Entry filed) {
    String id = filed.request().at("/entity/dataFileHandleId").asText();
    return scene.sent.committed("synapse", "POST /externalFileHandle/s3").stream()
        .filter(handle -> handle.id().equals(id))
        .map(Entry::request)
        .map(to -> "s3://" + to.path("bucketName").asText() + "/" + to.path("key").asText())
        .findFirst()
        .orElse("");
  }
}
