package io.towpath.activities.synapse;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.connections.Examined.Findings;
import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** One credential at work: its client, who it stands for, and what it has seen lately. */
final class SynapseAccount {
  /** The user that Synapse takes a call without a token for. */
  private static final String ANONYMOUS = "273950";

  private final SynapseClient client;
  private final TokenScopes scopes;
  private final SeenFiles seen;
  private final ViewManifests views;
  private final OkHttpClient plain;
  private @Nullable User user;

  /** Who the token stands for. */
  record User(String id, String name) {}

  SynapseAccount(String name, SynapseConnection connection, OkHttpClient http) {
    this.client = new SynapseClient(http, name, connection);
    this.scopes = new TokenScopes(connection.token(), client);
    this.seen = new SeenFiles(client, Duration.ofMinutes(10));
    this.views = new ViewManifests(client);
    this.plain = http.newBuilder().followRedirects(false).followSslRedirects(false).build();
  }

  SynapseClient client() {
    return client;
  }

  SeenFiles seen() {
    return seen;
  }

  ViewManifests views() {
    return views;
  }

  /** For signed URLs: sends no credential. */
  OkHttpClient plain() {
    return plain;
  }

  /** Who we are, asked once; a token that is not taken stands for the anonymous user. */
  synchronized User user() {
    if (user == null) {
      user = asked();
    }
    return user;
  }

  /** Who we are now, and what the token allows. */
  Findings examine() {
    User now = asked();
    List<String> missing = new ArrayList<>();
    if (!client.certified(now.id())) {
      missing.add(
          "the user is not certified, so it makes no files and folders; take the quiz at Synapse");
    }
    TokenScopes.Allowed allowed = scopes.allowed();
    if (!allowed.missing().isEmpty()) {
      missing.add(
          "the token lacks "
              + String.join(", ", allowed.missing())
              + "; make one with the scopes view, download and modify");
    }
    return new Findings("user " + now.name() + " (" + now.id() + ")", missing, allowed.unknown());
  }

  private User asked() {
    JsonNode profile = client.userProfile();
    String id = profile.path("ownerId").asText("");
    if (id.equals(ANONYMOUS)) {
      throw new PlatformException(
          FailureKind.ACCESS_DENIED,
          "Synapse takes us for the anonymous user; set SYNAPSE_AUTH_TOKEN to a personal access"
              + " token with the scopes view, download and modify");
    }
    if (id.isEmpty()) {
      throw new PlatformException(
          FailureKind.PLATFORM_UNAVAILABLE,
          "Synapse GET /repo/v1/userProfile answered without ownerId",
          200,
          Optional.empty(),
          null);
    }
    return new User(id, profile.path("userName").asText(""));
  }
}
