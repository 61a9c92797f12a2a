package io.towpath.sandbox.http;

/**
 * One route of a platform.
 *
 * @param method HTTP method
 * @param template path template of the vendor's specification, without the base; a last segment
 *     {@code {name+}} takes the rest of the path with its slashes
 * @param label how the journal, the counters and fault rules name the route, normally {@code METHOD
 *     template}; S3 and presigned transfers use the names of interface.md section 4
 * @param mutating whether accepted calls enter the journal of effects
 * @param streamed whether the body is handed over as a stream instead of being read first
 * @param anonymous whether the route answers without credentials
 */
public record Route(
    String method,
    String template,
    String label,
    boolean mutating,
    boolean streamed,
    boolean anonymous,
    Endpoint endpoint) {

  public static Route reading(String method, String template, Endpoint endpoint) {
    return new Route(method, template, method + " " + template, false, false, false, endpoint);
  }

  public static Route mutating(String method, String template, Endpoint endpoint) {
    return new Route(method, template, method + " " + template, true, false, false, endpoint);
  }

  public Route labelled(String otherLabel) {
    return new Route(method, template, otherLabel, mutating, streamed, anonymous, endpoint);
  }

  public Route withoutCredentials() {
    return new Route(method, template, label, mutating, streamed, true, endpoint);
  }

  public Route withStreamedBody() {
    return new Route(method, template, label, mutating, true, anonymous, endpoint);
  }
}
