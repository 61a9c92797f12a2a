package io.towpath.sandbox.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One page of a list; the token is the last item's key, so that new items do not shift pages.
 *
 * @param next empty on the last page
 */
record Page<T>(List<T> items, Optional<String> next) {
  private static final int MOST = 100;

  /**
   * Cuts the page that a request's {@code maxResults} and {@code nextToken} ask for.
   *
   * @param invalid what is wrong with a request whose numbers are
   */
  static <T> Page<T> of(
      List<T> all,
      ObjectNode request,
      Function<T, String> key,
      Function<String, RuntimeException> invalid) {
    int most = request.path("maxResults").asInt(MOST);
    if (most < 1) {
      throw invalid.apply("maxResults must be from 1 to " + MOST);
    }
    String token = request.path("nextToken").asText("");
    List<T> rest = new ArrayList<>(all);
    if (!token.isEmpty()) {
      int at = all.stream().map(key).map(Page::token).toList().indexOf(token);
      if (at < 0) {
        throw invalid.apply("Invalid nextToken");
      }
      rest = all.subList(at + 1, all.size());
    }
    List<T> items = rest.subList(0, Math.min(rest.size(), Math.min(most, MOST)));
    boolean more = items.size() < rest.size();
    return new Page<>(
        items,
        more ? Optional.of(token(key.apply(items.get(items.size() - 1)))) : Optional.empty());
  }

  private static String token(String key) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }

  /** Puts the token into an answer. */
  ObjectNode into(ObjectNode answer) {
    next.ifPresent(token -> answer.put("nextToken", token));
    return answer;
  }
}
