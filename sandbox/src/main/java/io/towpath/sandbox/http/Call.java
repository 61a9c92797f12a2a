package io.towpath.sandbox.http;

import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One request as a stand-in sees it, after authentication, limits and faults.
 *
 * @param method HTTP method in upper case
 * @param path decoded path below the platform's base, double slashes collapsed
 * @param rawPath the same, still percent-encoded
 * @param variables values of the route template's {@code {names}}, decoded
 * @param query query parameters in order, decoded; a name may occur several times
 * @param headers header values by lower-case name
 * @param address the IP address that the connection comes from
 * @param body the whole body, read before the endpoint runs; of streamed routes empty (see {@link
 *     #stream})
 * @param stream the body of a route that was declared {@link Route#streamed()}, read once
 * @param caller who the platform's {@link Platform#authenticate} found; empty for anonymous calls
 * @param hideFor how long listings and searches must not show what this call creates; zero normally
 */
@SuppressWarnings("ArrayRecordComponent") // one request's own bytes, never compared
public record Call(
    String method,
    String path,
    String rawPath,
    Map<String, String> variables,
    Map<String, List<String>> query,
    Map<String, List<String>> headers,
    String address,
    byte[] body,
    InputStream stream,
    Optional<Object> caller,
    Duration hideFor) {

  public String variable(String name) {
    String value = variables.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no {" + name + "} in this route");
    }
    return value;
  }

  public Optional<String> query(String name) {
    return query.getOrDefault(name, List.of()).stream().findFirst();
  }

  public Optional<String> header(String name) {
    return headers.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), List.of()).stream()
        .findFirst();
  }

  Call withBody(byte[] read) {
    return new Call(
        method, path, rawPath, variables, query, headers, address, read, stream, caller, hideFor);
  }

  Call withStream(InputStream other) {
    return new Call(
        method, path, rawPath, variables, query, headers, address, body, other, caller, hideFor);
  }

  Call from(Optional<Object> found) {
    return new Call(
        method, path, rawPath, variables, query, headers, address, body, stream, found, hideFor);
  }

  Call hiding(Duration duration) {
    return new Call(
        method, path, rawPath, variables, query, headers, address, body, stream, caller, duration);
  }
}
