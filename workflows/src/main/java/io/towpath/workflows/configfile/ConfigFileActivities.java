package io.towpath.workflows.configfile;

import io.temporal.activity.ActivityInterface;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.model.S3Uri;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads a configuration file once, and keeps what was read. Safe to retry. */
@ActivityInterface(namePrefix = "ConfigFile")
public interface ConfigFileActivities {
  /** The most items that one list may name; a payload has room for no more. */
  int MOST_ITEMS = 200;

  /**
   * Fetches the file, pins what its address says and reads lists of items from it. Read-only; lists
   * every problem instead of failing on the first.
   */
  ReadConfig pin(PinConfig request);

  /** Fetches it again and stores it; fails with {@code INPUT_REJECTED} if it has changed. */
  S3Uri store(Claim claim, ConfigFile config, S3Uri where);

  /**
   * Asks for a file to be pinned.
   *
   * @param uri {@code syn://syn1.2}, {@code s3://bucket/key} or {@code https://…}
   * @param sha256 what its bytes must hash to, lower-case hex; empty to take what is there
   * @param allowMovingRef whether an address may be taken whose content can change, such as a
   *     branch; its digest is pinned all the same
   * @param lists where the items of a step stand, by the step's name: a path such as {@code
   *     datasets[*].keys}, names with dots between, {@code [*]} for each entry of a list, and
   *     {@code keys} at the end for the names of an object's fields
   */
  record PinConfig(
      String connection,
      String uri,
      Optional<String> sha256,
      boolean allowMovingRef,
      Map<String, String> lists) {
    public PinConfig {
      lists = new TreeMap<>(lists);
    }
  }

  /**
   * What was read.
   *
   * @param config empty where it could not be pinned
   * @param items the items of each list, in the file's order, each once
   * @param problems everything that stands in the way, by the request's fields
   * @param warnings what does not, but should be known
   */
  record ReadConfig(
      Optional<ConfigFile> config,
      Map<String, List<String>> items,
      List<Problem> problems,
      List<String> warnings) {
    public ReadConfig {
      items = new TreeMap<>(items);
      problems = problems == null ? List.of() : List.copyOf(problems);
      warnings = warnings == null ? List.of() : List.copyOf(warnings);
    }
  }
}
