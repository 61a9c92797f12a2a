package io.towpath.activities.drs;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.http.Dialect;

/** The words of DRS servers ({@code msg}) and of indexd ({@code error}). */
final class DrsDialect implements Dialect {
  @Override
  public String words(JsonNode error) {
    return error.path("msg").asText(error.path("error").asText(""));
  }
}
