package io.towpath.activities.samplesheet;

import io.towpath.activities.rows.Fingerprints;
import io.towpath.activities.rows.PackedRows;
import io.towpath.workflows.model.FileRef;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SourceId;
import io.towpath.workflows.transfer.Rename;
import io.towpath.workflows.transfer.StageLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Decides where the files of one manifest are staged to, all at once: no two files get one place,
 * and the order of the rows decides nothing. Names were given by people: S3 takes nearly anything,
 * so a name is kept as it is, changed by the request's own rules, or refused.
 *
 * @param problems files that cannot be placed; at most 500
 * @param warnings files that are placed under another name than their own
 */
public record Placement(List<Problem> problems, List<String> warnings) {
  /**
   * A file and how its sheet uses it.
   *
   * @param cells the cells that name it, for people
   * @param sample the sample of the first of them
   */
  public record UsedFile(FileRef file, List<String> cells, String sample) {}

  /** Where a file wants to lie, or why it cannot. */
  private record Wanted(String place, String problem) {
    static Wanted at(String place) {
      return new Wanted(place, "");
    }

    static Wanted never(String problem) {
      return new Wanted("", problem);
    }
  }

  /** Hands over distinct files with their places, in order; those that have none are left out. */
  public static Placement of(
      PackedRows<UsedFile> files, StageLayout layout, Consumer<FileRef> each) {
    Maker maker = new Maker(files, layout);
    maker.collect();
    files.forEach(
        used -> maker.placed(used).ifPresent(place -> each.accept(used.file().at(place))));
    return new Placement(maker.problems.all(), maker.warnings());
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

  /** The files that want one place: some of them, and whether all have one name of their own. */
  private static final class Claimants {
    private static final int MOST = 6;

    private final List<FileRef> some = new ArrayList<>(2);
    private int count;
    private boolean namesakes = true;

    void add(FileRef file) {
      count++;
      if (some.size() < MOST) {
        some.add(file);
      }
      namesakes &= file.name().equals(some.get(0).name());
    }

    String others(FileRef than) {
      return String.join(
          ", ",
          some.stream()
              .filter(other -> !other.id().equals(than.id()))
              .limit(MOST - 1)
              .map(other -> other.id() + " (\"" + FileNames.shown(other.name()) + "\")")
              .toList());
    }
  }

  private static final class Maker {
    private static final int MOST_WARNINGS = 50;

    private final PackedRows<UsedFile> files;
    private final StageLayout layout;
    private final int folderBytes;
    private final Fingerprints claims = new Fingerprints();
    private final Map<String, Claimants> shared = new LinkedHashMap<>();
    private final ProblemList problems = new ProblemList();

    Maker(PackedRows<UsedFile> files, StageLayout layout) {
      this.files = files;
      this.layout = layout;
      this.folderBytes = layout.to().asFolder().key().getBytes(StandardCharsets.UTF_8).length;
    }

    /** Finds the places that several files want. */
    void collect() {
      boolean[] collide = {false};
      files.forEach(used -> collide[0] |= claims.count(wanted(used).place()) > 1);
      if (collide[0]) {
        files.forEach(
            used -> {
              String place = wanted(used).place();
              if (!place.isEmpty() && claims.get(place).orElse(0) > 1) {
                shared.computeIfAbsent(place, several -> new Claimants()).add(used.file());
              }
            });
      }
    }

    /** The place of a file; that it has none is a problem of each cell that names it. */
    Optional<String> placed(UsedFile used) {
      Wanted wanted = wanted(used);
      Claimants claimants = shared.get(wanted.place());
      Wanted settled = claimants == null ? wanted : parted(used.file(), wanted.place(), claimants);
      String place = settled.place();
      int bytes = folderBytes + place.getBytes(StandardCharsets.UTF_8).length;
      String problem =
          bytes <= S3Uri.MAX_KEY_BYTES
              ? settled.problem()
              : "would get a key of "
                  + bytes
                  + " bytes; S3 takes "
                  + S3Uri.MAX_KEY_BYTES
                  + "; shorten its name or stage.to";
      if (problem.isEmpty()) {
        return Optional.of(place);
      }
      String file = used.file().id() + " (\"" + FileNames.shown(used.file().name()) + "\") ";
      used.cells().forEach(cell -> problems.add(cell, file + problem));
      return Optional.empty();
    }

    /** Parts files that want one place: their own names are equal, or the rules made them so. */
    private Wanted parted(FileRef file, String place, Claimants claimants) {
      if (!claimants.namesakes) {
        return Wanted.never(
            "would be staged as "
                + place
                + " like "
                + claimants.others(file)
                + "; make the rules of stage.rename keep them apart");
      }
      String marked = marked(place, file.id());
      return claims.has(marked) && !shared.containsKey(marked)
          ? Wanted.never(
              "would be staged as " + marked + ", which is the name of " + holder(marked))
          : Wanted.at(marked);
    }

    /** Whoever has this place to itself; looked for in all files, for a problem that is rare. */
    private String holder(String place) {
      List<String> holder = new ArrayList<>(1);
      if (!problems.full()) {
        files.forEach(
            used -> {
              if (wanted(used).place().equals(place)) {
                holder.add(used.file().id().toString());
              }
            });
      }
      return String.join(", ", holder);
    }

    List<String> warnings() {
      List<String> warnings = new ArrayList<>();
      int more = 0;
      for (Map.Entry<String, Claimants> entry : shared.entrySet()) {
        Claimants claimants = entry.getValue();
        FileRef first = claimants.some.get(0);
        if (claimants.namesakes && warnings.size() < MOST_WARNINGS) {
          warnings.add(
              claimants.count
                  + " files are called \""
                  + first.name()
                  + "\"; each is staged with its id in its name, as "
                  + marked(entry.getKey(), first.id()));
        } else if (claimants.namesakes) {
          more++;
        }
      }
      if (more > 0) {
        warnings.add(more + " more names are those of several files each");
      }
      return warnings;
    }

    private Wanted wanted(UsedFile used) {
      FileRef file = used.file();
      String name = file.name();
      try {
        for (Rename rule : layout.rename()) {
          name = rule.apply(name);
        }
      } catch (IllegalArgumentException e) {
        return Wanted.never("cannot be renamed: " + e.getMessage());
      }
      Optional<String> wrong = FileNames.wrongWith(name);
      if (wrong.isPresent()) {
        return Wanted.never(
            name.equals(file.name())
                ? wrong.get() + "; rename it where it lies, or by stage.rename"
                : "renamed to \""
                    + FileNames.shown(name)
                    + "\", "
                    + wrong.get()
                    + "; change stage.rename");
      }
      return switch (layout.layout()) {
        case "flat" -> Wanted.at(name);
        case "bySample" -> bySample(used.sample(), name);
        default -> Wanted.at(file.id().folder() + "/" + name);
      };
    }

    private static Wanted bySample(String sample, String name) {
      Optional<String> wrong = FileNames.wrongWith(sample);
      return wrong.isEmpty() && !sample.equals("towpath")
          ? Wanted.at(sample + "/" + name)
          : Wanted.never(
              "cannot lie in a folder of the sample \""
                  + FileNames.shown(sample)
                  + "\", which "
                  + wrong.orElse("is a folder of Towpath's own")
                  + "; name the sample otherwise, or use another stage.layout");
    }
  }
}
