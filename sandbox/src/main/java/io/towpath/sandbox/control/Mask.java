package io.towpath.sandbox.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Takes secrets out of what the journal shows. */
public final class Mask {
  private static final String HIDDEN = "***";
  private static final Pattern SECRET_NAME =
      Pattern.compile(
          "password|passphrase|secret|authorization|(access|secret|private|api|ssh|service)_?-?key"
              + "|(?<!client|next|page|continuation)_?-?token$",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern SIGNED_PARAMETER =
      Pattern.compile(
          "([?&](?:X-Amz-Signature|X-Amz-Security-Token|X-Amz-Credential|Signature|sig)=)[^&\\s\"]+",
          Pattern.CASE_INSENSITIVE);

  private final Set<String> secrets = ConcurrentHashMap.newKeySet();

  /** Remembers a secret that must never show, wherever it stands in a text. */
  public void add(String secret) {
    if (!secret.isBlank()) {
      secrets.add(secret);
    }
  }

  /** A copy without secrets. */
  public JsonNode apply(JsonNode tree) {
    if (tree instanceof ObjectNode object) {
      ObjectNode copy = JsonNodeFactory.instance.objectNode();
      object
          .properties()
          .forEach(field -> copy.set(field.getKey(), field(field.getKey(), field.getValue())));
      return copy;
    }
    if (tree.isArray()) {
      var copy = JsonNodeFactory.instance.arrayNode();
      tree.forEach(item -> copy.add(apply(item)));
      return copy;
    }
    return tree.isTextual() ? TextNode.valueOf(text(tree.textValue())) : tree;
  }

  private JsonNode field(String name, JsonNode value) {
    boolean hidden = value.isValueNode() && !value.isNull() && SECRET_NAME.matcher(name).find();
    return hidden ? TextNode.valueOf(HIDDEN) : apply(value);
  }

  private String text(String text) {
    String masked = SIGNED_PARAMETER.matcher(text).replaceAll("$1" + HIDDEN);
    for (String secret : secrets) {
      masked = masked.replace(secret, HIDDEN);
    }
    return masked;
  }
}
