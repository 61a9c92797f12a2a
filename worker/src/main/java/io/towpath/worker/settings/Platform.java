package io.towpath.worker.settings;

import java.util.List;
import java.util.Map;

/**
 * How the connections of a platform are written.
 *
 * @param key its name in the file of connections
 * @param uri the form in which token and server travel together; empty where there is none
 * @param variables names in the environment by field, the preferred one first
 */
record Platform(String key, String uri, Map<String, List<String>> variables) {
  /** The credential itself. */
  static final String TOKEN = "token";

  /** The credential with what goes with it. */
  static final String URI = "uri";

  static boolean isCredential(String field) {
    return field.equals(TOKEN) || field.equals(URI);
  }

  /** The variable that sets the credential of a connection. */
  String tokenVariable() {
    return variables.getOrDefault(TOKEN, List.of(TOKEN)).get(0);
  }
}
