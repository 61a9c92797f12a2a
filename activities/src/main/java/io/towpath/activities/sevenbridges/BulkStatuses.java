package io.towpath.activities.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.poll.StatusReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * States of imports, tasks or exports by bulk calls. What the platform does not know is left out.
 *
 * @param ask one bulk call for at most {@link SevenBridgesApi#BULK} ids
 * @param field what the platform calls the state
 * @param last the states that nothing follows
 */
record BulkStatuses(Function<List<String>, List<JsonNode>> ask, String field, Set<String> last)
    implements StatusReader.Source<JsonNode> {

  @Override
  public Map<String, JsonNode> sweep(Set<String> wanted) {
    Map<String, JsonNode> found = new HashMap<>();
    List<String> ids = new ArrayList<>(wanted);
    for (List<String> some : Parts.of(ids, SevenBridgesApi.BULK)) {
      for (JsonNode item : ask.apply(some)) {
        JsonNode resource = item.path("resource");
        if (resource.hasNonNull("id")) {
          found.put(resource.path("id").asText(), resource);
        } else {
          BulkError.of(item).requireClear();
        }
      }
    }
    return found;
  }

  /** A bulk call knows as much as a call for one. */
  @Override
  public Optional<JsonNode> one(String id) {
    return Optional.empty();
  }

  @Override
  public int atOnce() {
    return SevenBridgesApi.BULK;
  }

  @Override
  public boolean ended(JsonNode state) {
    return last.contains(state.path(field).asText(""));
  }
}
