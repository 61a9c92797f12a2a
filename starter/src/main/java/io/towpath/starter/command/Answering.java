package io.towpath.starter.command;

import io.towpath.starter.exit.Stop;
import java.util.Map;
import java.util.TreeMap;

/** A command that answers in JSON when asked to, also when it ends early. */
public interface Answering {
  /** Whether standard output gets JSON. */
  boolean inJson();

  /** The JSON document for an early end. */
  default Map<String, Object> stopped(Stop stop) {
    return new TreeMap<>(Map.of("failure", stop.asFailure()));
  }
}
