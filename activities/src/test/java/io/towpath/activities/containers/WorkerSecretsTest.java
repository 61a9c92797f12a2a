package io.towpath.activities.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.activities.secrets.SecretReferences;
import io.towpath.activities.secrets.SecretStore;
import io.towpath.workflows.model.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class WorkerSecretsTest {
  private static final String OWN = "token-of-the-worker";

  /** A store that holds everything. */
  private static final class HeldStore implements SecretStore {
    @Override
    public boolean reads(String reference) {
      return reference.startsWith("aws-sm:");
    }

    @Override
    public String value(String reference) {
      return "the value of " + reference;
    }
  }

  @TempDir Path folder;
  private Path given;
  private WorkerSecrets secrets =
      new WorkerSecrets(new SecretReferences(Map.of(), Optional.empty()), Set.of());

  @BeforeEach
  void start() throws IOException {
    given = Files.createDirectory(folder.resolve("given"));
    secrets =
        new WorkerSecrets(
            new SecretReferences(
                Map.of(
                    "TOWER_ACCESS_TOKEN",
                    OWN,
                    "SYNAPSE_AUTH_TOKEN",
                    "token-of-synapse",
                    "RELEASE_PASSWORD",
                    "password"),
                Optional.of(new HeldStore())),
            Set.of("RELEASE_PASSWORD", "aws-sm:release/", given.toString()));
  }

  @Test
  void what_the_operator_names_is_given_and_the_token_of_synapse_always() throws IOException {
    Path file = Files.writeString(given.resolve("key"), "in a file\n");

    assertThat(
            secrets.check(
                Map.of(
                    "A", "env:SYNAPSE_AUTH_TOKEN",
                    "B", "env:RELEASE_PASSWORD",
                    "C", "file:" + file)))
        .isEmpty();
    assertThat(secrets.resolved(Map.of("C", "file:" + file)).get("C"))
        .satisfies(secret -> assertThat(secret.reveal()).isEqualTo("in a file"));
  }

  @Test
  void of_a_store_is_given_what_the_operator_names_and_nothing_that_only_begins_like_it() {
    assertThat(secrets.resolved(Map.of("A", "aws-sm:release/password")).get("A"))
        .satisfies(
            secret ->
                assertThat(secret.reveal()).isEqualTo("the value of aws-sm:release/password"));
    assertThat(secrets.check(Map.of("A", "aws-sm:released", "B", "aws-ssm:release/x")))
        .extracting(Problem::place)
        .containsExactly("secrets.A", "secrets.B");
  }

  @Test
  void what_was_resolved_is_known_to_whoever_masks_it() {
    secrets.resolved(Map.of("A", "aws-sm:release/password"));

    assertThat(secrets.given().masked("the value of aws-sm:release/password")).isEqualTo("…");
    assertThat(secrets.given().masked("token-of-synapse")).isEqualTo("token-of-synapse");
  }

  @Test
  void other_secrets_of_the_worker_are_not_given_and_not_shown() throws IOException {
    Path outside = Files.writeString(folder.resolve("outside"), OWN);
    Path link = Files.createSymbolicLink(given.resolve("link"), outside);

    List<Problem> problems =
        secrets.check(
            Map.of(
                "A", "env:TOWER_ACCESS_TOKEN",
                "B", "file:" + outside,
                "C", "file:" + link,
                "D", "file:" + given + "/../outside"));

    assertThat(problems)
        .hasSize(4)
        .allSatisfy(
            problem ->
                assertThat(problem.text())
                    .contains("is not given to containers", "TOWPATH_CONTAINER_SECRETS")
                    .doesNotContain(OWN));
  }
}
