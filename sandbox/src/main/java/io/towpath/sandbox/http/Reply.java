package io.towpath.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An answer that has not been sent yet: faults may still drop, cut or change it.
 *
 * @param status HTTP status
 * @param headers header values by name, without Content-Length
 * @param body the body's bytes; opened once
 * @param length the body's length in bytes; -1 for one that is still to come, whose head is sent at
 *     once
 * @param committed whether the call changed state; only asked of mutating routes
 * @param touched what the call made or changed, for the journal
 */
public record Reply(
    int status,
    Map<String, String> headers,
    InputStream body,
    long length,
    boolean committed,
    Optional<Touched> touched) {

  /** The object that a mutating call made or changed, as the journal of effects shows it. */
  public record Touched(String type, String id, String name) {}

  public static Reply json(int status, JsonNode body) {
    return bytes(status, "application/json", body.toString().getBytes(StandardCharsets.UTF_8));
  }

  public static Reply text(int status, String contentType, String body) {
    return bytes(status, contentType, body.getBytes(StandardCharsets.UTF_8));
  }

  public static Reply bytes(int status, String contentType, byte[] body) {
    return stream(status, contentType, new ByteArrayInputStream(body), body.length);
  }

  public static Reply stream(int status, String contentType, InputStream body, long length) {
    return new Reply(
        status, Map.of("Content-Type", contentType), body, length, false, Optional.empty());
  }

  public static Reply empty(int status) {
    return new Reply(status, Map.of(), InputStream.nullInputStream(), 0, false, Optional.empty());
  }

  public Reply with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Reply(status, more, body, length, committed, touched);
  }

  /** Says that the call changed state, and what it made or changed. */
  public Reply changed(String type, String id, String name) {
    return new Reply(status, headers, body, length, true, Optional.of(new Touched(type, id, name)));
  }
}
