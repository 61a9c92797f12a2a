package io.towpath.activities.transfer;

import io.towpath.activities.outside.Addresses;
import io.towpath.activities.outside.OpenInternet;
import io.towpath.workflows.model.FileRef;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import okhttp3.Response;

/** Asks for the bytes of a file that a sheet names by its {@code https://} address. */
final class OpenStretches implements Stretches {
  private final OpenInternet internet;
  private final FileRef file;

  OpenStretches(OpenInternet internet, FileRef file) {
    this.internet = internet;
    this.file = file;
  }

  @Override
  public Answer ask(long first, long last) throws IOException {
    return new Open(internet.get(file.id().value(), first, last), file.handle());
  }

  private record Open(Response response, String version) implements Answer {
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
      return Addresses.versionOf(response).equals(version);
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
