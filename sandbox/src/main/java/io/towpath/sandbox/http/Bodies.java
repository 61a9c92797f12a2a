package io.towpath.sandbox.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/** How request bodies come off the wire: read whole, spooled, or thrown away. */
final class Bodies {
  private Bodies() {}

  /** The call as its head tells, with nothing of the body read. */
  static Call unread(Router.Line line, Router.Found found, Wire wire) {
    return new Call(
        line.method(),
        Urls.decodePath(found.rawPath()),
        found.rawPath(),
        found.variables(),
        line.query(),
        line.headers(),
        wire.address(),
        new byte[0],
        wire.body(),
        Optional.empty(),
        Duration.ZERO);
  }

  /** The call with its whole body, or empty when that is longer than allowed. */
  static Optional<Call> read(Call call, long most) throws IOException {
    if (call.body().length > 0) {
      return Optional.of(call);
    }
    byte[] body = call.stream().readNBytes((int) Math.min(most + 1, Integer.MAX_VALUE - 8));
    return body.length > most ? Optional.empty() : Optional.of(call.withBody(body));
  }

  /** The call with its streamed body in a file that goes away when it was read. */
  static Call spool(Call call) throws IOException {
    Path file = Files.createTempFile("sandbox-late-", ".body");
    Files.copy(call.stream(), file, StandardCopyOption.REPLACE_EXISTING);
    return call.withStream(Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE));
  }

  static void drain(InputStream body) throws IOException {
    body.transferTo(java.io.OutputStream.nullOutputStream());
  }
}
