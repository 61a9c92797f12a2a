package io.towpath.worker;

import io.towpath.worker.WorkerProcess.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A clock that can be set while a process reads it, by libfaketime; what measures time goes on as
 * it should, as when a machine's clock is set.
 */
final class FakeClock {
  private static final String LIBRARY = "faketime/libfaketimeMT.so.1";

  private final Path library;
  private final Path offset;

  private FakeClock(Path library, Path offset) {
    this.library = library;
    this.offset = offset;
    set("+0");
  }

  /** Empty where libfaketime is not installed. */
  static Optional<FakeClock> in(Path folder) throws IOException {
    try (Stream<Path> places = Files.list(Path.of("/usr/lib"))) {
      return Stream.concat(places, Stream.of(Path.of("/usr/local/lib")))
          .map(place -> place.resolve(LIBRARY))
          .filter(Files::isRegularFile)
          .findFirst()
          .map(found -> new FakeClock(found, folder.resolve("clock")));
    }
  }

  /** Where the clock is this one. */
  Place place() {
    String settings =
        "export LD_PRELOAD="
            + library
            + " FAKETIME_TIMESTAMP_FILE="
            + offset
            + " FAKETIME_DONT_FAKE_MONOTONIC=1 FAKETIME_FORCE_MONOTONIC_FIX=0 FAKETIME_NO_CACHE=1;"
            + " ";
    return Place.inBash(settings, Place.USUAL.flags().toArray(String[]::new));
  }

  /**
   * Sets it.
   *
   * @param ahead of the right time, such as {@code +2h} or {@code -2h}
   */
  void set(String ahead) {
    try {
      Path next = Files.writeString(offset.resolveSibling("clock.next"), ahead + "\n");
      Files.move(next, offset, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
