package io.towpath.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What random cells are made of. Seeds of cells that ever failed are kept in {@code seeds.txt} and
 * come first; then that of the cell that is asked for by name, that of the system property {@code
 * towpath.seed}, and those that follow it.
 */
final class Seeds {
  private Seeds() {}

  /**
   * @param kind of cell, as {@code seeds.txt} calls it
   * @param drawn how many from {@code towpath.seed} on
   */
  static List<Long> of(String kind, int drawn) {
    String given = System.getProperty("towpath.seed", "");
    long first = given.isEmpty() ? 0 : Long.parseLong(given);
    return Stream.of(kept(kind), asked(), LongStream.range(first, first + drawn).boxed())
        .flatMap(seeds -> seeds)
        .distinct()
        .toList();
  }

  private static Stream<Long> asked() {
    String name = AtOnce.WANTED;
    return name.matches(".*seed=\\d+")
        ? Stream.of(Long.parseLong(name.replaceFirst(".*seed=", "")))
        : Stream.of();
  }

  private static Stream<Long> kept(String kind) {
    try (InputStream seeds = Seeds.class.getResourceAsStream("/seeds.txt")) {
      String lines = new String(Objects.requireNonNull(seeds).readAllBytes(), UTF_8);
      return lines
          .lines()
          .filter(line -> line.startsWith(kind + " "))
          .map(line -> Long.parseLong(line.split(" ", 3)[1]))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
