package io.towpath.activities.samplesheet;

import io.towpath.workflows.model.FileRef;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SourceId;
import io.towpath.workflows.transfer.Rename;
import io.towpath.workflows.transfer.StageLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides where the files of one manifest are staged to, all at once: no two files get one place,
 * and the order of the rows decides nothing. Names were given by people: S3 takes nearly anything,
 * so a name is kept as it is, changed by the request's own rules, or refused.
 *
 * @param files the files with their places; those that have none are left out
 * @param problems files that cannot be placed
 * @param warnings files that are placed under another name than their own
 */
public record Placement(List<FileRef> files, List<Problem> problems, List<String> warnings) {

  /**
   * How a sheet uses a file.
   *
   * @param cells the cells that name it, for people
   * @param sample the sample of the first of them
   */
  public record Use(List<String> cells, String sample) {}

  /** A file under the name that the rules gave it. */
  private record Named(FileRef file, Use use, String folder, String name) {}

  /** Places distinct files; {@code uses} says for each what the sheet does with it. */
  public static Placement of(List<FileRef> files, Map<SourceId, Use> uses, StageLayout layout) {
    Maker maker = new Maker(layout);
    Map<String, List<Named>> wanted = new LinkedHashMap<>();
    for (FileRef file : files) {
      Use use = uses.getOrDefault(file.id(), new Use(List.of(file.id().toString()), ""));
      maker
          .named(file, use)
          .ifPresent(
              named ->
                  wanted
                      .computeIfAbsent(named.folder() + named.name(), place -> new ArrayList<>(1))
                      .add(named));
    }
    wanted.forEach(
        (place, claimants) -> {
          if (claimants.size() == 1) {
            maker.settle(claimants.get(0), place);
          }
        });
    wanted.values().stream().filter(claimants -> claimants.size() > 1).forEach(maker::part);
    List<FileRef> placed =
        files.stream()
            .flatMap(file -> Optional.ofNullable(maker.places.get(file)).map(file::at).stream())
            .toList();
    return new Placement(placed, maker.problems, maker.warnings);
  }

  /**
   * The name or path with what tells the file from others before its extension: {@code
   * a.syn1.2.fq.gz}.
   */
  public static String marked(String name, SourceId id) {
    int begin = name.lastIndexOf('/') + 1;
    int dot = name.lastIndexOf('.');
    if (dot > begin && name.substring(dot).matches("\\.(gz|bz2|xz|zst|zip|gpg)")) {
      int before = name.lastIndexOf('.', dot - 1);
      dot = before > begin ? before : dot;
    }
    int cut = dot > begin ? dot : name.length();
    return name.substring(0, cut) + "." + id.mark() + name.substring(cut);
  }

  private static final class Maker {
    private final StageLayout layout;
    private final Map<FileRef, String> places = new HashMap<>();
    private final Map<String, FileRef> taken = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    Maker(StageLayout layout) {
      this.layout = layout;
    }

    Optional<Named> named(FileRef file, Use use) {
      String name = file.name();
      try {
        for (Rename rule : layout.rename()) {
          name = rule.apply(name);
        }
      } catch (IllegalArgumentException e) {
        return refuse(use, file, "cannot be renamed: " + e.getMessage());
      }
      Optional<String> wrong = FileNames.wrongWith(name);
      if (wrong.isPresent()) {
        String renamed = name.equals(file.name()) ? "" : "renamed to \"" + FileNames.shown(name);
        return refuse(
            use,
            file,
            (renamed.isEmpty() ? "" : renamed + "\", ")
                + wrong.get()
                + "; "
                + (renamed.isEmpty() ? "rename it in Synapse" : "change stage.rename"));
      }
      return switch (layout.layout()) {
        case "flat" -> Optional.of(new Named(file, use, "", name));
        case "bySample" -> bySample(file, use, name);
        default -> Optional.of(new Named(file, use, file.id().folder() + "/", name));
      };
    }

    private Optional<Named> bySample(FileRef file, Use use, String name) {
      Optional<String> wrong = FileNames.wrongWith(use.sample());
      if (wrong.isPresent() || use.sample().equals("towpath")) {
        return refuse(
            use,
            file,
            "cannot lie in a folder of the sample \""
                + FileNames.shown(use.sample())
                + "\", which "
                + wrong.orElse("is a folder of Towpath's own")
                + "; name the sample otherwise, or use another stage.layout");
      }
      return Optional.of(new Named(file, use, use.sample() + "/", name));
    }

    /** Parts files that want one place: their own names are equal, or the rules made them so. */
    void part(List<Named> claimants) {
      Named first = claimants.get(0);
      boolean namesakes =
          claimants.stream().allMatch(one -> one.file().name().equals(first.file().name()));
      for (Named one : claimants) {
        if (namesakes) {
          settle(one, one.folder() + marked(one.name(), one.file().id()));
        } else {
          refuse(
              one.use(),
              one.file(),
              "would be staged as "
                  + one.folder()
                  + one.name()
                  + " like "
                  + others(claimants, one)
                  + "; make the rules of stage.rename keep them apart");
        }
      }
      if (namesakes) {
        warnings.add(
            claimants.size()
                + " files are called \""
                + first.file().name()
                + "\"; each is staged with its id in its name, as "
                + first.folder()
                + marked(first.name(), first.file().id()));
      }
    }

    void settle(Named named, String place) {
      S3Uri to = layout.to().asFolder();
      int bytes = (to.key() + place).getBytes(StandardCharsets.UTF_8).length;
      FileRef holder = taken.putIfAbsent(place, named.file());
      if (bytes > S3Uri.MAX_KEY_BYTES) {
        refuse(
            named.use(),
            named.file(),
            "would get a key of "
                + bytes
                + " bytes; S3 takes "
                + S3Uri.MAX_KEY_BYTES
                + "; shorten its name or stage.to");
      } else if (holder != null) {
        refuse(
            named.use(),
            named.file(),
            "would be staged as " + place + ", which is the name of " + holder.id());
      } else {
        places.put(named.file(), place);
      }
    }

    private static String others(List<Named> claimants, Named one) {
      return String.join(
          ", ",
          claimants.stream()
              .filter(other -> !other.equals(one))
              .limit(5)
              .map(
                  other ->
                      other.file().id() + " (\"" + FileNames.shown(other.file().name()) + "\")")
              .toList());
    }

    private Optional<Named> refuse(Use use, FileRef file, String why) {
      for (String cell : use.cells()) {
        problems.add(
            new Problem(cell, file.id() + " (\"" + FileNames.shown(file.name()) + "\") " + why));
      }
      return Optional.empty();
    }
  }
}
