package io.towpath.sandbox.engine;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the code of a pipeline lies: the demo's comes with the sandbox, others only from a local
 * folder, since the sandbox never goes to the network.
 */
final class PipelineSources {
  private static final List<String> DEMO_FILES =
      List.of("main.nf", "nextflow.config", "nextflow_schema.json", "assets/schema_input.json");

  private final Path root;

  PipelineSources(Path root) {
    this.root = root;
  }

  /** The script to run. Fails with the words that the head job would print. */
  synchronized Path script(RunSpec.Source source) throws IOException {
    String main = source.mainScript().isEmpty() ? "main.nf" : source.mainScript();
    if (Repository.nameOf(source.pipeline()).equals(Repository.DEMO.name())) {
      return unpackDemo().resolve(main);
    }
    String local = source.pipeline().replaceFirst("^file://", "");
    if (local.startsWith("/") && Files.isDirectory(Path.of(local))) {
      return Path.of(local).resolve(main);
    }
    throw new FileNotFoundException(
        "Cannot find `" + source.pipeline() + "`: this stand-in runs " + Repository.DEMO.url());
  }

  private Path unpackDemo() throws IOException {
    Path folder = root.resolve(Repository.DEMO.name());
    for (String name : DEMO_FILES) {
      Path file = folder.resolve(name);
      if (!Files.exists(file)) {
        Files.createDirectories(file.resolveSibling("."));
        try (InputStream in =
            PipelineSources.class.getResourceAsStream("/pipelines/reads/" + name)) {
          if (in == null) {
            throw new FileNotFoundException("the sandbox lacks its own pipeline file " + name);
          }
          Files.copy(in, file);
        }
      }
    }
    return folder;
  }
}
