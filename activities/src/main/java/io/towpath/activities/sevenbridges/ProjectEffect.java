package io.towpath.activities.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.http.RateBudget;
import io.towpath.activities.submit.Effect;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.RunKey;
import io.towpath.workflows.model.SpecDigest;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.PrepareProject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Makes a project. Names of projects are not unique, so its description carries the key. */
final class ProjectEffect implements Effect<JsonNode> {
  /** Projects stay until a person deletes them. */
  private static final Duration HORIZON = Duration.ofDays(90);

  private final SevenBridgesClient client;
  private final PrepareProject request;
  private final String id;
  private final RunKey key;

  ProjectEffect(SevenBridgesClient client, PrepareProject request) {
    this.client = client;
    this.request = request;
    this.id = request.spec().project();
    this.key = RunKey.of(request.scope(), "project", id, SpecDigest.of(Map.of("project", id)), 1);
  }

  @Override
  public Claim claim() {
    return request.claim();
  }

  @Override
  public String step() {
    return "project";
  }

  @Override
  public RunKey key() {
    return key;
  }

  @Override
  public boolean canDouble() {
    return true;
  }

  @Override
  public Duration horizon() {
    return HORIZON;
  }

  /** Whether a project was made by this effect. */
  boolean isOurs(JsonNode project) {
    return project.path("description").asText("").contains(key.value());
  }

  /**
   * The platform chooses the id: one with our key and another id must be seen, too. One that a lost
   * call makes between the two looks is asked for again: a listing shows few fields.
   */
  @Override
  public Optional<JsonNode> find() {
    Optional<JsonNode> exact = client.project(id);
    if (exact.isPresent()) {
      return exact;
    }
    for (JsonNode project : Page.all(offset -> client.projects(name(), offset))) {
      if (isOurs(project)) {
        requireAsked(project.path("id").asText());
        return client.project(id);
      }
    }
    return Optional.empty();
  }

  @Override
  public Optional<RateBudget> quota() {
    return Optional.of(client.quota());
  }

  @Override
  public JsonNode send() {
    ObjectNode body = SevenBridgesApi.object();
    body.put("name", name());
    body.put("billing_group", request.target().billingGroup().orElseThrow());
    body.put(
        "description",
        "Made by Towpath for " + request.claim().businessKey() + " [etl:" + key + "]");
    JsonNode made = client.createProject(body);
    requireAsked(SevenBridgesApi.required(made, "id"));
    return made;
  }

  @Override
  public String idOf(JsonNode project) {
    return project.path("id").asText();
  }

  private String name() {
    return id.substring(id.indexOf('/') + 1);
  }

  private void requireAsked(String madeId) {
    if (!madeId.equals(id)) {
      throw new PlatformException(
          FailureKind.INPUT_REJECTED,
          "the platform made the project "
              + madeId
              + " when "
              + id
              + " was asked for; set project: "
              + madeId
              + ", or delete it and choose a name that is free");
    }
  }
}
