package io.towpath.worker.telemetry;

import io.towpath.activities.config.Secret;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * A collector of traces, which is spoken to as OTLP over HTTP.
 *
 * @param endpoint base URL, below which {@code /v1/traces} lies
 * @param headers that it wants with each call, such as one with a password
 */
public record TraceCollector(URI endpoint, Map<String, Secret> headers) {
  public TraceCollector {
    headers = Map.copyOf(headers);
  }

  /**
   * Reads {@code name=value,name=value} with percent-encoded values, as OpenTelemetry has them.
   *
   * @throws IllegalArgumentException when it is none; the message holds no value
   */
  public static Map<String, Secret> headers(String text) {
    Map<String, Secret> headers = new TreeMap<>();
    for (String entry : text.split(",", -1)) {
      String[] header = entry.strip().split("=", 2);
      String value =
          header.length < 2
              ? ""
              : URLDecoder.decode(header[1].replace("+", "%2B"), StandardCharsets.UTF_8).strip();
      if (!header[0].matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+") || !value.matches("[ -~]+")) {
        throw new IllegalArgumentException("not name=value,name=value");
      }
      headers.put(header[0], new Secret(value));
    }
    return headers;
  }
}
