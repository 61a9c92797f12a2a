package io.towpath.activities.transfer;

import io.towpath.activities.outside.OutsideBytes;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import okhttp3.Response;

/** Asks for the bytes of a file outside Synapse. */
final class OpenStretches implements Stretches {
  private final OutsideBytes bytes;

  OpenStretches(OutsideBytes bytes) {
    this.bytes = bytes;
  }

  @Override
  public Answer ask(long first, long last) throws IOException {
    return new Open(bytes.ask(first, last), bytes);
  }

  private record Open(Response response, OutsideBytes source) implements Answer {
    @Override
    public int status() {
      return response.code();
    }

    @Override
    public long length() {
      return response.body().contentLength();
    }

    @Override
    public String range() {
      return Optional.ofNullable(response.header("Content-Range")).orElse("");
    }

    @Override
    public boolean unchanged() {
      return source.unchanged(response);
    }

    @Override
    public InputStream bytes() {
      return response.body().byteStream();
    }

    @Override
    public void close() {
      response.close();
    }
  }
}
