package io.towpath.workflows.etl;

import io.towpath.workflows.RunSettings;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SpecDigest;
import java.util.Map;

/**
 * A request with every moving reference resolved: what will be done, under which key, and where.
 */
public interface EtlSpec {
  String businessKey();

  Control control();

  /** The fields that decide the effect; design.md section 2 says which are in and which are out. */
  Map<String, Object> effect();

  default SpecDigest digest() {
    return SpecDigest.of(effect());
  }

  /** Whether the request stops before the end, so that a later one goes on from there. */
  default boolean preliminary() {
    return false;
  }

  /** The request with moving references pinned, as a run under the business key gets it. */
  Map<String, Object> pinned(Map<String, Object> json);

  /** Where working lists and the report of a generation lie. */
  S3Uri work(RunSettings settings, int generation);

  /** How many items at a time the request asks for. */
  int atOnce();

  /** The most that an operator may change this to. */
  int mostAtOnce();

  /** Whether what it runs has processors and memory that an operator may change. */
  default boolean sized() {
    return false;
  }

  /** What to do where other work has this key. */
  String wayOut();
}
