package io.towpath.activities.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/**
 * A JSON body that OkHttp cannot send twice. OkHttp re-sends a plain body silently after {@code 503
 * Retry-After: 0}, 408, and when a pooled connection dies.
 */
public final class OneShotJson extends RequestBody {
  private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");
  private final byte[] bytes;

  private OneShotJson(byte[] bytes) {
    this.bytes = bytes;
  }

  public static OneShotJson of(JsonNode body) {
    return new OneShotJson(body.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** An empty body, for calls whose path says it all. */
  public static OneShotJson none() {
    return new OneShotJson(new byte[0]);
  }

  @Override
  public MediaType contentType() {
    return JSON;
  }

  @Override
  public long contentLength() {
    return bytes.length;
  }

  @Override
  public boolean isOneShot() {
    return true;
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    sink.write(bytes);
  }
}
