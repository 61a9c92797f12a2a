package io.towpath.proof.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a scenario asked for, in the words of the platforms. Whoever runs the scenario says it
 * before or after; what is left unsaid makes rules not applicable.
 */
public final class Expectation {
  /**
   * A logical run.
   *
   * @param platform the journal's word
   * @param which a pattern found in the calls that made and began it, and in those of no other
   * @param times how many platform runs it is to have, attempts after a failure included
   */
  record Run(String platform, Pattern which, int times) {}

  /** A file that is to lie at an {@code s3://} URI, with its length in bytes. */
  record Staged(String uri, long size, String md5) {}

  /** A file on a volume that is to be imported into a project of Seven Bridges. */
  record Imported(String project, String location, long size) {}

  /**
   * A file that is to be indexed.
   *
   * @param parent the folder's id
   * @param path names of folders below it and of the file, with slashes
   * @param source found in the URI of the object that it stands for
   * @param versions how many it is to have
   * @param made whether a run made it, so that it names what it was made of; a report does not
   */
  record Output(String parent, String path, Pattern source, int versions, boolean made) {}

  /** A table in S3 of which one column holds DRS ids and another the {@code s3://} URIs. */
  record Ids(String table, String idColumn, String uriColumn, int count) {}

  /** User data that is to stay as it is: an entity with its version, or an object with its MD5. */
  record Kept(String what, String state) {}

  /**
   * How many calls that change something the same work makes undisturbed, and what was injected.
   */
  record Budget(int undisturbed, int injected) {}

  final Pattern mark;
  final long since;
  final List<Run> runs = new ArrayList<>();
  final List<Staged> staged = new ArrayList<>();
  final List<Imported> imported = new ArrayList<>();
  final List<Output> outputs = new ArrayList<>();
  final Set<String> inputs = new TreeSet<>();
  final List<Kept> kept = new ArrayList<>();
  final Set<String> own = new TreeSet<>();
  final List<String> told = new ArrayList<>();
  Optional<Ids> ids = Optional.empty();
  Optional<Budget> budget = Optional.empty();
  OptionalLong cancelled = OptionalLong.empty();
  OptionalLong again = OptionalLong.empty();
  JsonNode report = MissingNode.getInstance();
  boolean hurried;

  private Expectation(String mark, long since) {
    this.mark = Pattern.compile(mark);
    this.since = since;
  }

  /**
   * A scenario that asks for nothing yet.
   *
   * @param mark a pattern that tells the scenario's calls from those of others beside it
   * @param since the journal's last number before it began
   */
  public static Expectation of(String mark, long since) {
    return new Expectation(mark, since);
  }

  /** One platform run whose calls hold this pattern. */
  public Expectation run(String platform, String which) {
    return runs(platform, which, 1);
  }

  /** So many platform runs whose calls hold this pattern. */
  public Expectation runs(String platform, String which, int times) {
    runs.add(new Run(platform, Pattern.compile(which), times));
    return this;
  }

  /** These bytes at an {@code s3://} URI. */
  public Expectation staged(String uri, byte[] bytes) {
    staged.add(new Staged(uri, bytes.length, Digest.md5(bytes)));
    return this;
  }

  /** One file of a project that stands for this place on a volume. */
  public Expectation imported(String project, String location, long size) {
    imported.add(new Imported(project, location, size));
    return this;
  }

  /** One file of one version, by its path below a folder, whose object's URI holds this pattern. */
  public Expectation output(String parent, String path, String source) {
    return output(parent, path, source, 1);
  }

  /** The same with so many versions. */
  public Expectation output(String parent, String path, String source, int versions) {
    outputs.add(new Output(parent, path, Pattern.compile(source), versions, true));
    return this;
  }

  /** One file of one version that the scenario files about its work, which no run made. */
  public Expectation note(String parent, String path) {
    outputs.add(new Output(parent, path, Pattern.compile(""), 1, false));
    return this;
  }

  /** An entity with its version, as {@code syn1.1}, that results are to name as what they used. */
  public Expectation input(String versioned) {
    inputs.add(versioned);
    return this;
  }

  /** One DRS id for each row of a table that lies at an {@code s3://} URI. */
  public Expectation ids(String table, String idColumn, String uriColumn, int count) {
    ids = Optional.of(new Ids(table, idColumn, uriColumn, count));
    return this;
  }

  /** An entity of the user's, as {@code syn1.1}, that is to be there in this version. */
  public Expectation keeps(String versioned) {
    int dot = versioned.indexOf('.');
    kept.add(new Kept(versioned.substring(0, dot), versioned.substring(dot + 1)));
    return this;
  }

  /** An object of the user's that is to keep these bytes. */
  public Expectation keeps(String uri, byte[] bytes) {
    kept.add(new Kept(uri, Digest.md5(bytes)));
    return this;
  }

  /** A folder in S3, with a slash at its end, that nobody but the scenario writes to. */
  public Expectation own(String folder) {
    own.add(folder);
    return this;
  }

  /** What the scenario told, as JSON, at its end. */
  public Expectation report(JsonNode json) {
    report = json;
    return tells(json.toString());
  }

  /** More text that somebody may see: a history, a log, a page. */
  public Expectation tells(String text) {
    told.add(text);
    return this;
  }

  /** That of what the scenario wrote only what people read is searched for secrets. */
  public Expectation hurried() {
    hurried = true;
    return this;
  }

  /** That a cancellation was confirmed when the journal stood here. */
  public Expectation cancelled(long seq) {
    cancelled = OptionalLong.of(seq);
    return this;
  }

  /** That the same request was begun again when the journal stood here. */
  public Expectation again(long seq) {
    again = OptionalLong.of(seq);
    return this;
  }

  /** How many calls the same work made undisturbed, and how many faults and deaths this one met. */
  public Expectation budget(int undisturbed, int injected) {
    budget = Optional.of(new Budget(undisturbed, injected));
    return this;
  }
}
