package io.towpath.proof.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.proof.check.S3;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * How scripts do today what Towpath does: small re-enactments, call by call, each called by its
 * habit. They are given the same platforms, and what went wrong is counted there.
 */
public final class Habits {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** As an HTTP client or a scheduler is told to: again when no answer comes. */
  private static final int TRIES = 3;

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, String> env;
  private final JsonNode seed;

  /**
   * Scripts with the credentials of an environment.
   *
   * @param env as the sandbox writes it: endpoints and credentials
   * @param seed what the sandbox holds from the start, {@code GET /seed} of its control port
   */
  public Habits(Map<String, String> env, JsonNode seed) {
    this.env = Map.copyOf(env);
    this.seed = seed;
  }

  /** Launches a run, and again when no answer comes. */
  public void launchAgainWithoutAnswer(String runName, String outdir) {
    ObjectNode body = JSON.createObjectNode();
    body.putObject("launch")
        .put("computeEnvId", seed("seqera.computeEnv"))
        .put("pipeline", seed("seqera.pipeline"))
        .put("revision", seed("seqera.revision"))
        .put("runName", runName)
        .put("workDir", outdir + "work")
        .put("paramsText", "{\"outdir\":\"" + outdir + "\"}");
    String workspace = "?workspaceId=" + env("TOWER_WORKSPACE_ID");
    again(
        request(env("TOWER_API_ENDPOINT") + "/workflow/launch" + workspace)
            .header("Authorization", "Bearer " + env("TOWER_ACCESS_TOKEN"))
            .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
  }

  /** Gives each object an id, and again when no answer comes. */
  public void mintEachAgainWithoutAnswer(List<String> uris) {
    String password =
        Base64.getEncoder().encodeToString(env("INDEXD_AUTH").getBytes(StandardCharsets.UTF_8));
    for (String uri : uris) {
      ObjectNode body = JSON.createObjectNode().put("form", "object").put("size", 3);
      body.putArray("urls").add(uri);
      body.putObject("hashes").put("md5", "5289df737df57326fcdd22597afb1fac");
      again(
          request(env("INDEXD_ENDPOINT") + "/index/")
              .header("Authorization", "Basic " + password)
              .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }
  }

  /** Lists a folder of S3, and takes the answer for all that there is. */
  public List<String> listWithoutAskingForMore(String folder) {
    return new S3(env).firstPage(folder);
  }

  /**
   * Files each file and then annotates it; one that is there is passed over. Ends at the first call
   * that gets no answer, as a script does.
   */
  public void fileThenAnnotate(String folder, List<String> names, String handle) {
    try {
      for (String name : names) {
        if (!names(folder).contains(name)) {
          ObjectNode file =
              JSON.createObjectNode()
                  .put("concreteType", "org.sagebionetworks.repo.model.FileEntity")
                  .put("name", name)
                  .put("parentId", folder)
                  .put("dataFileHandleId", handle);
          String id = synapse("POST", "/repo/v1/entity", file).path("id").asText();
          annotate(id);
        }
      }
    } catch (UncheckedIOException e) {
      return;
    }
  }

  private void annotate(String id) {
    String path = "/repo/v1/entity/" + id + "/annotations2";
    ObjectNode annotations = (ObjectNode) synapse("GET", path, JSON.nullNode());
    ObjectNode assay =
        annotations.putObject("annotations").putObject("assay").put("type", "STRING");
    assay.putArray("value").add("rnaSeq");
    synapse("PUT", path, annotations);
  }

  private List<String> names(String folder) {
    ObjectNode asked = JSON.createObjectNode().put("parentId", folder);
    ArrayNode types = asked.putArray("includeTypes");
    types.add("file");
    return synapse("POST", "/repo/v1/entity/children", asked).path("page").findValuesAsText("name");
  }

  private JsonNode synapse(String method, String path, JsonNode body) {
    HttpRequest.BodyPublisher sent =
        body.isNull()
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body.toString());
    return sent(
        request(env("SYNAPSE_ENDPOINT") + path)
            .header("Authorization", "Bearer " + env("SYNAPSE_AUTH_TOKEN"))
            .method(method, sent));
  }

  private void again(HttpRequest.Builder request) {
    for (int tried = 1; ; tried++) {
      try {
        sent(request);
        return;
      } catch (UncheckedIOException e) {
        if (tried == TRIES) {
          throw e;
        }
      }
    }
  }

  private JsonNode sent(HttpRequest.Builder request) {
    try {
      HttpResponse<String> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() >= 300) {
        throw new IllegalStateException(answer + ": " + answer.body());
      }
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static HttpRequest.Builder request(String url) {
    return HttpRequest.newBuilder(URI.create(url))
        .timeout(PATIENCE)
        .header("Content-Type", "application/json");
  }

  private String env(String name) {
    return env.getOrDefault(name, "");
  }

  private String seed(String name) {
    return seed.path(name).asText();
  }
}
