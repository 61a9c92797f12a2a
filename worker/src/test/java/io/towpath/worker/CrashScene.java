package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.sandbox.SandboxOptions;
import io.towpath.worker.WorkerProcess.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** A real server, a sandbox, and work for workers that are processes and meet something. */
final class CrashScene implements AutoCloseable {
  private final ServerProcess server;
  private final Stack stack;
  private final Map<String, String> settings;
  private List<Works.Spared> kinds = List.of();

  CrashScene(Path folder) throws IOException {
    server = ServerProcess.start(folder);
    stack = Stack.withoutWorker(SandboxOptions.forTests(), TemporalUnderTest.at(server.address()));
    settings = new TreeMap<>(stack.env());
    settings.putAll(Stack.FAST);
    settings.put("TEMPORAL_ADDRESS", server.address());
  }

  /** Lets work of these kinds come to its end once, on a worker that nothing happens to. */
  void spare(List<Function<Stack, Cell.Kind>> wanted) {
    try (WorkerProcess worker = worker(WorkerMain.class)) {
      kinds = Works.spared(stack, wanted.stream().map(kind -> kind.apply(stack)).toList());
      assertThat(worker.lives()).isTrue();
    }
  }

  /** Starts one of each kind. */
  Works works(String name, Stream<String> meets) {
    return Works.start(stack, kinds, name, meets.map(what -> "a worker: " + what).toList());
  }

  /** When something happens, in calls of all the work; the last tenth is left for what follows. */
  List<Integer> moments(long seed, int number) {
    int calls = kinds.stream().mapToInt(Works.Spared::calls).sum();
    return new Random(seed).ints(number, 1, calls * 9 / 10).sorted().boxed().toList();
  }

  WorkerProcess worker(Class<?> main) {
    return worker(main, Place.USUAL, Map.of());
  }

  /**
   * @param more settings, or what the place reads
   */
  WorkerProcess worker(Class<?> main, Place place, Map<String, String> more) {
    Map<String, String> environment = new TreeMap<>(settings);
    environment.putAll(more);
    try {
      return WorkerProcess.start(place, main, environment);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    stack.close();
    server.close();
  }
}
