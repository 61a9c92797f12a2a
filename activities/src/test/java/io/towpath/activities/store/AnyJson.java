package io.towpath.activities.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;

/** What a fuzzer made, as a client reads an answer. */
public final class AnyJson {
  private AnyJson() {}

  /** A missing node where it is no JSON. */
  public static JsonNode of(byte[] bytes) {
    try {
      return S3Documents.JSON.readTree(bytes);
    } catch (IOException noJson) {
      return MissingNode.getInstance();
    }
  }
}
