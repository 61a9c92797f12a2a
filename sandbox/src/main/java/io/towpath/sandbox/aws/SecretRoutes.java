package io.towpath.sandbox.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.Route;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Reading one value of Secrets Manager or of the Parameter Store. */
final class SecretRoutes {
  private static final Protocol WIRE = Protocol.JSON_1_1;

  private final Map<String, String> values;

  SecretRoutes(AwsSettings settings) {
    this.values = settings.secrets();
  }

  List<Route> ofManager() {
    return List.of(Route.reading("POST", "/", this::secret).labelled("GetSecretValue"));
  }

  List<Route> ofParameters() {
    return List.of(Route.reading("POST", "/", this::parameter).labelled("GetParameter"));
  }

  /** By its ARN, or by its name, which the ARN has with six characters behind it. */
  private Reply secret(Call call) {
    String id = WIRE.body(call).path("SecretId").asText("");
    String arn =
        key(
            key -> key.startsWith("arn:") && (key.equals(id) || name(key).equals(id)),
            "ResourceNotFoundException",
            "Secrets Manager can't find the specified secret.");
    ObjectNode answer = Protocol.object().put("ARN", arn).put("Name", name(arn));
    answer.put("SecretString", values.get(arn)).putArray("VersionStages").add("AWSCURRENT");
    return WIRE.reply(200, answer);
  }

  private static String name(String arn) {
    return arn.replaceFirst("^.*:secret:", "").replaceFirst("-[A-Za-z0-9]+$", "");
  }

  private Reply parameter(Call call) {
    String id = WIRE.body(call).path("Name").asText("").replaceFirst("^arn:.*:parameter", "");
    String name = key(key -> key.startsWith("/") && key.equals(id), "ParameterNotFound", "");
    ObjectNode answer = Protocol.object();
    answer
        .putObject("Parameter")
        .put("Name", name)
        .put("Type", "SecureString")
        .put("Value", values.get(name))
        .put("Version", 1);
    return WIRE.reply(200, answer);
  }

  private String key(Predicate<String> asked, String code, String message) {
    return values.keySet().stream()
        .filter(asked)
        .findFirst()
        .orElseThrow(() -> WIRE.bad(code, message));
  }
}
