package io.towpath.sandbox.seqera;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.engine.Repository;

/** The manifest block of a pipeline's configuration, as runs and repositories show it. */
final class ManifestJson {
  private ManifestJson() {}

  static ObjectNode of(Repository repository) {
    boolean demo = repository.equals(Repository.DEMO);
    ObjectNode node = Answers.object();
    node.put("name", repository.name()).put("description", repository.description());
    node.put("homePage", repository.url())
        .put("defaultBranch", "main")
        .put("mainScript", "main.nf");
    node.put("author", demo ? "The Towpath authors" : null);
    node.put("nextflowVersion", demo ? ">=23.10.0" : null);
    node.put("version", demo ? "1.0.0" : null);
    Answers.putNulls(node, "gitmodules", "icon");
    return node;
  }
}
