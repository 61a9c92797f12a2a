package io.towpath.activities.bad;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** A body that does not say it is one-shot. */
final class SendsTwice extends RequestBody {
  static RequestBody text() {
    return RequestBody.create("{}", null);
  }

  @Override
  public @Nullable MediaType contentType() {
    return null;
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    sink.writeByte(0);
  }
}
