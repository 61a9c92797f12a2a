package io.towpath.activities.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/**
 * A body, JSON mostly, that OkHttp cannot send twice. OkHttp re-sends a plain body silently after
 * {@code 503 Retry-After: 0}, 408, and when a pooled connection dies.
 */
public final class OneShotJson extends RequestBody {
  private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");
  private final MediaType type;
  private final byte[] bytes;

  private OneShotJson(MediaType type, byte[] bytes) {
    this.type = type;
    this.bytes = bytes;
  }

  public static OneShotJson of(JsonNode body) {
    return new OneShotJson(JSON, body.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** An empty body, for calls whose path says it all. */
  public static OneShotJson none() {
    return new OneShotJson(JSON, new byte[0]);
  }

  /** What is not JSON, and no less to be sent once. */
  public static OneShotJson ofBytes(String contentType, byte[] bytes) {
    return new OneShotJson(MediaType.get(contentType), bytes);
  }

  @Override
  public MediaType contentType() {
    return type;
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
