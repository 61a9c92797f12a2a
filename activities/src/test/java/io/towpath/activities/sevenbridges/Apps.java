package io.towpath.activities.sevenbridges;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** CWL for tests. */
final class Apps {
  private Apps() {}

  /** A tool with these inputs, an array. */
  static ObjectNode withInputs(String inputs) {
    return SevenBridgesSandbox.object(
        "{'class':'CommandLineTool','cwlVersion':'v1.2','label':'tool','inputs':%s,'outputs':[]}"
            .formatted(inputs));
  }
}
