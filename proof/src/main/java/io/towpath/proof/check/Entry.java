package io.towpath.proof.check;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One entry of the sandbox's journal: a call that was to change something.
 *
 * @param seq its place, counted from 1
 * @param platform the sandbox's word, for example {@code seqera}
 * @param route method and path template of the vendor's specification
 * @param committed whether state changed
 * @param id of what was made or changed, empty when nothing was
 * @param request the body, or bucket and key
 * @param text the whole entry
 */
record Entry(
    long seq,
    String platform,
    String route,
    boolean committed,
    String id,
    String name,
    JsonNode request,
    String text) {
  static Entry of(JsonNode told) {
    return new Entry(
        told.path("seq").asLong(),
        told.path("platform").asText(),
        told.path("route").asText(),
        told.path("committed").asBoolean(),
        told.at("/object/id").asText(),
        told.at("/object/name").asText(),
        told.path("request"),
        told.toString());
  }

  boolean is(String wantedPlatform, String wantedRoute) {
    return platform.equals(wantedPlatform) && route.equals(wantedRoute);
  }

  /** Whether it put a whole object in its place. */
  boolean writesObject() {
    return platform.equals("s3")
        && (route.equals("PUT object")
            || route.equals("POST complete")
            || route.equals("PUT copy"));
  }

  boolean deletes() {
    return route.startsWith("DELETE ");
  }

  @Override
  public String toString() {
    return platform + " " + route + " " + (name.isEmpty() ? id : name) + " (entry " + seq + ")";
  }
}
