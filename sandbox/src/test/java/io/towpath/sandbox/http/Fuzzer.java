package io.towpath.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes odd requests to one operation of an OpenAPI file; the same ones in every run. */
public final class Fuzzer {
  /**
   * One request.
   *
   * @param path with the query, percent-encoded
   * @param headers beside the credentials
   * @param body empty for none
   * @param oddity what is wrong with it, for messages
   */
  @SuppressWarnings("ArrayRecordComponent") // one request's own bytes, never compared
  public record Attempt(
      String method, String path, Map<String, String> headers, byte[] body, String oddity) {}

  private static final List<String> ODD_SEGMENTS =
      List.of(
          "0",
          "-1",
          "99999999999999999999",
          "2147483648",
          "syn0",
          "syn999999999999999999",
          "null",
          "a%20b",
          "%00",
          "%2F",
          "..%2F..",
          "%C3%BC%F0%9F%A7%AC",
          "%",
          "{}",
          "*",
          "1e9",
          "x".repeat(3000));
  private static final List<String> METHODS =
      List.of("GET", "PUT", "POST", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "BREW");
  private static final List<String> TYPES =
      List.of(
          "",
          ";;;",
          "text/plain",
          "application/xml",
          "multipart/form-data",
          "multipart/form-data; boundary=",
          "application/json; charset=utf-16",
          "application/json; charset=no-such");
  private static final Pattern VARIABLE = Pattern.compile("\\{([^}]*)}");

  private final JsonNode document;
  private final Samples samples;
  private final Random random;

  public Fuzzer(JsonNode document, long seed) {
    this.document = document;
    this.random = new Random(seed);
    this.samples = new Samples(document, random);
  }

  /**
   * Odd requests to a route, and the ordinary one first.
   *
   * @param template of the path, with the base
   * @param known ids that exist, by the names of parameters and fields
   */
  public List<Attempt> attempts(String method, String template, Map<String, String> known) {
    JsonNode operation =
        document.path("paths").path(template).path(method.toLowerCase(Locale.ROOT));
    JsonNode body = samples.body(operation, known);
    String query = samples.query(operation, known);
    String path = fill(template, known, "");
    List<Attempt> all = new ArrayList<>();
    Map<String, String> json = Map.of("Content-Type", "application/json");
    byte[] good = body.isMissingNode() ? new byte[0] : bytes(body.toString());
    all.add(new Attempt(method, path + query, json, good, "ordinary"));
    for (Samples.Odd odd : samples.bodies(body)) {
      all.add(new Attempt(method, path + query, json, odd.bytes(), odd.what()));
    }
    for (String odd : samples.queries(operation, known)) {
      all.add(new Attempt(method, path + odd, json, good, "query"));
    }
    for (String odd : ODD_SEGMENTS) {
      if (template.contains("{")) {
        all.add(new Attempt(method, fill(template, known, odd) + query, json, good, "path"));
      }
    }
    for (String type : TYPES) {
      Map<String, String> headers = type.isEmpty() ? Map.of() : Map.of("Content-Type", type);
      all.add(new Attempt(method, path + query, headers, good, "content type " + type));
    }
    for (String accept : List.of("image/png", ";;;", "*")) {
      Map<String, String> headers = Map.of("Content-Type", "application/json", "Accept", accept);
      all.add(new Attempt(method, path + query, headers, good, "accept " + accept));
    }
    for (String other : METHODS) {
      all.add(new Attempt(other, path + query, json, good, "method"));
    }
    return all;
  }

  /** The template with one of its variables odd, where an odd value is given. */
  private String fill(String template, Map<String, String> known, String odd) {
    List<String> names = new ArrayList<>();
    VARIABLE.matcher(template).results().forEach(found -> names.add(found.group(1)));
    int oddOne = names.isEmpty() ? -1 : random.nextInt(names.size());
    StringBuilder path = new StringBuilder();
    Matcher variable = VARIABLE.matcher(template);
    for (int i = 0; variable.find(); i++) {
      String value =
          i == oddOne && !odd.isEmpty() ? odd : known.getOrDefault(variable.group(1), "1");
      variable.appendReplacement(path, Matcher.quoteReplacement(value));
    }
    return variable.appendTail(path).toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
