package io.towpath.activities.samples;

import io.towpath.activities.samples.Expressions.Outcome;
import io.towpath.activities.samples.Expressions.Rule;
import io.towpath.activities.samples.PlannedFiles.Planned;
import io.towpath.activities.samplesheet.FileNames;
import io.towpath.activities.samplesheet.ProblemList;
import io.towpath.activities.samplesheet.SheetRow;
import io.towpath.workflows.samples.SampleFile;
import io.towpath.workflows.samples.SampleRules;
import io.towpath.workflows.samples.SampleTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads from rows which files they name: where these lie on the volume and go in the project. */
final class RowFiles {
  private final boolean ofFiles;
  private final Addresses addresses;
  private final Optional<Rule> path;
  private final Map<String, Rule> metadata = new TreeMap<>();
  private final VolumePlace volume;
  private final ProblemList problems;
  private final PlannedFiles files;

  RowFiles(SampleRules rules, SampleTarget target, Expressions expressions) {
    this.ofFiles = rules.rowIs().equals("file");
    this.addresses = Addresses.of(rules, expressions);
    this.path =
        rules.s3Uri().isEmpty() ? Optional.empty() : expressions.read("import.path", rules.path());
    this.volume = new VolumePlace(target);
    this.problems = expressions.problems();
    this.files = new PlannedFiles(problems);
    rules
        .metadata()
        .forEach(
            (key, text) ->
                expressions
                    .read("import.metadata." + key, text)
                    .ifPresent(rule -> metadata.put(key, rule)));
  }

  /** The files of all samples that were read. */
  PlannedFiles files() {
    return files;
  }

  /**
   * The numbers of a sample's files, row by row; what is wrong with them is told. Empty where there
   * is no answer.
   */
  Optional<List<List<Long>>> read(SampleRows sample) {
    List<List<Long>> numbers = new ArrayList<>();
    for (SheetRow row : sample.rows()) {
      Optional<List<String>> found = addresses.of(row.values(), line(row));
      if (found.isEmpty()) {
        return Optional.empty();
      }
      requireOne(row, found.get());
      List<Long> own = new ArrayList<>(1);
      for (String address : found.get()) {
        located(row, address)
            .map(location -> file(sample, row, address, location))
            .map(file -> files.add(new Planned(placeOf(row, address), address, file)))
            .ifPresent(own::add);
      }
      numbers.add(own);
    }
    return Optional.of(numbers);
  }

  private void requireOne(SheetRow row, List<String> found) {
    if (ofFiles && addresses.stated() && found.size() != 1) {
      problems.add(
          line(row),
          "import.s3Uri: found "
              + (found.isEmpty() ? "no address" : found.size() + " addresses")
              + ", expected one; with rowIs \"file\" each row is a file");
    }
  }

  private static String line(SheetRow row) {
    return "line " + row.line();
  }

  /** The cell that holds the address, or the line where it is made of several. */
  private static String placeOf(SheetRow row, String address) {
    return row.values().entrySet().stream()
        .filter(cell -> cell.getValue().equals(address))
        .findFirst()
        .map(cell -> row.place(cell.getKey()))
        .orElse(line(row));
  }

  private Optional<String> located(SheetRow row, String address) {
    try {
      return Optional.of(volume.location(address));
    } catch (IllegalArgumentException e) {
      problems.add(placeOf(row, address), String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private SampleFile file(SampleRows sample, SheetRow row, String address, String location) {
    String whole = path.flatMap(rule -> path(rule, row, address)).orElse("");
    int slash = whole.lastIndexOf('/');
    Map<String, Object> told = new TreeMap<>();
    metadata.forEach((key, rule) -> scalar(rule, row, address).ifPresent(v -> told.put(key, v)));
    return new SampleFile(
        row.line(),
        sample.id(),
        location,
        slash < 0 ? "" : whole.substring(0, slash),
        whole.substring(slash + 1),
        told);
  }

  private Optional<String> path(Rule rule, SheetRow row, String address) {
    Outcome outcome = rule.evaluate(row.values(), Map.of("uri", address), line(row));
    if (outcome.failed()) {
      return Optional.empty();
    }
    String found = outcome.value().filter(String.class::isInstance).map(String::valueOf).orElse("");
    Optional<String> wrong = found.isEmpty() ? Optional.of("no text") : wrongPart(found);
    wrong.ifPresent(
        why ->
            problems.add(
                line(row),
                rule.field() + ": found " + why + "; expected folders and a name, such as a/b.gz"));
    return wrong.isPresent() ? Optional.empty() : Optional.of(found);
  }

  private static Optional<String> wrongPart(String path) {
    for (String part : path.split("/", -1)) {
      Optional<String> wrong =
          part.equals(part.strip())
              ? FileNames.wrongWith(part)
              : Optional.of("has white space at its ends");
      if (wrong.isPresent()) {
        return Optional.of("\"" + FileNames.shown(path) + "\", of which a part " + wrong.get());
      }
    }
    return Optional.empty();
  }

  private Optional<Object> scalar(Rule rule, SheetRow row, String address) {
    Outcome outcome = rule.evaluate(row.values(), Map.of("uri", address), line(row));
    if (outcome.value().isPresent() && outcome.scalar().isEmpty()) {
      problems.add(line(row), rule.field() + ": found a list or an object, expected one text");
    }
    return outcome.scalar();
  }
}
