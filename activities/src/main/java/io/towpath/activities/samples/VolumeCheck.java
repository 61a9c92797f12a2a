package io.towpath.activities.samples;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.samples.PlannedFiles.Planned;
import io.towpath.activities.samples.PlatformView.Listing;
import io.towpath.activities.samplesheet.ProblemList;
import io.towpath.activities.samplesheet.Shortened;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.samples.SampleTarget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Looks whether the objects of a sheet lie on the volume: one listing for each folder, below what
 * the names of its files have in common. Reads about one page for 25 files, for the quota is
 * shared; what lies beyond is not checked.
 */
final class VolumeCheck {
  private static final int FILES_PER_PAGE = 25;
  private static final int MORE_PAGES = 20;

  private final PlatformView platform;
  private final SampleTarget target;
  private final ProblemList problems;
  private final List<String> warnings = new ArrayList<>();
  private int pagesLeft;
  private long unseen;

  VolumeCheck(PlatformView platform, SampleTarget target, ProblemList problems) {
    this.platform = platform;
    this.target = target;
    this.problems = problems;
  }

  /** Tells what is missing; what could not be looked at comes back. */
  Optional<String> check(List<Planned> files) {
    pagesLeft = files.size() / FILES_PER_PAGE + MORE_PAGES;
    Map<String, List<Planned>> folders = new TreeMap<>();
    for (Planned file : files) {
      folders.computeIfAbsent(folderOf(file.file().location()), f -> new ArrayList<>()).add(file);
    }
    try {
      folders.values().forEach(this::checkFolder);
    } catch (PlatformException e) {
      if (e.kind() != FailureKind.INPUT_REJECTED && e.kind() != FailureKind.ACCESS_DENIED) {
        throw e;
      }
      problems.add("import.volume", String.valueOf(e.getMessage()));
    }
    return unseen == 0
        ? Optional.empty()
        : Optional.of(
            "whether "
                + unseen
                + " of "
                + files.size()
                + " files lie on "
                + target.volume()
                + ": its listing is too long; one that is missing fails in the import");
  }

  List<String> warnings() {
    return List.copyOf(warnings);
  }

  private void checkFolder(List<Planned> files) {
    if (pagesLeft == 0) {
      unseen += files.size();
      return;
    }
    Listing listing = platform.list(target.connection(), target.volume(), common(files), pagesLeft);
    pagesLeft = Math.max(0, pagesLeft - Math.max(1, listing.pages()));
    Map<String, OptionalLong> sizes = new HashMap<>();
    listing.objects().forEach(object -> sizes.put(object.location(), object.sizeBytes()));
    for (Planned file : files) {
      OptionalLong size = sizes.get(file.file().location());
      if (size == null && listing.complete()) {
        missing(file);
      } else if (size == null) {
        unseen++;
      } else if (size.orElse(1) == 0) {
        warnings.add(file.place() + " names an empty object (0 bytes)");
      }
    }
  }

  private void missing(Planned file) {
    problems.add(
        file.place(),
        "volume "
            + target.volume()
            + " has no object \""
            + Shortened.of(file.file().location())
            + "\"; correct the address, or upload it");
  }

  private static String folderOf(String location) {
    return location.substring(0, location.lastIndexOf('/') + 1);
  }

  /** The longest text that all their locations begin with. */
  private static String common(List<Planned> files) {
    String common = files.get(0).file().location();
    for (Planned file : files) {
      String other = file.file().location();
      int same = 0;
      while (same < Math.min(common.length(), other.length())
          && common.charAt(same) == other.charAt(same)) {
        same++;
      }
      common = common.substring(0, same);
    }
    return common.isEmpty() || !Character.isHighSurrogate(common.charAt(common.length() - 1))
        ? common
        : common.substring(0, common.length() - 1);
  }
}
