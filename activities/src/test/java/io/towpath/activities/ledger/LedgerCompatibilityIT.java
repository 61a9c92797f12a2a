package io.towpath.activities.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.activities.store.S3Documents;
import io.towpath.activities.store.S3Sandbox;
import io.towpath.workflows.ledger.ClaimDecision.Verdict;
import io.towpath.workflows.ledger.ClaimRequest;
import io.towpath.workflows.ledger.LedgerView;
import io.towpath.workflows.ledger.Rerun;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SpecDigest;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The ledger outlives every version: what {@code ledgers/<version>/} has was written by a release,
 * and what has a field more may come from the next one, which was rolled back.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
final class LedgerCompatibilityIT {
  private S3Sandbox s3;
  private int ledgers;

  @BeforeAll
  void start() {
    s3 = new S3Sandbox();
  }

  @AfterAll
  void stop() {
    s3.close();
  }

  static Stream<Path> ledgers() throws IOException, URISyntaxException {
    Path folder =
        Path.of(
            Objects.requireNonNull(LedgerCompatibilityIT.class.getResource("/ledgers")).toURI());
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("ledgers")
  void what_a_released_version_wrote_is_read(Path file) throws IOException {
    isRead(entries(file));
  }

  @ParameterizedTest
  @MethodSource("ledgers")
  void what_a_newer_version_wrote_is_read(Path file) throws IOException {
    Map<String, JsonNode> entries = entries(file);
    entries.values().forEach(entry -> ((ObjectNode) entry).putObject("addedLater").put("by", 2));
    entries.values().stream()
        .filter(entry -> entry.has("holder"))
        .filter(entry -> entry.get("holder").isObject())
        .forEach(entry -> ((ObjectNode) entry.get("holder")).put("addedLater", "too"));

    isRead(entries);
  }

  private void isRead(Map<String, JsonNode> entries) {
    S3Uri root = new S3Uri("s3://" + S3Sandbox.BUCKET + "/ledger" + ++ledgers + "/");
    S3Documents documents = new S3Documents(s3.clients().repeating());
    entries.forEach(
        (name, entry) ->
            documents.write(
                root.resolve(name),
                "application/json",
                entry.toString().getBytes(StandardCharsets.UTF_8)));
    String claim =
        entries.keySet().stream()
            .filter(name -> name.matches(".*/g\\d/claim"))
            .max(Comparator.naturalOrder())
            .orElseThrow();
    JsonNode claimed = Objects.requireNonNull(entries.get(claim));
    JsonNode result = Objects.requireNonNull(entries.get(claim.replaceFirst("claim$", "result")));
    String businessKey =
        URLDecoder.decode(claim.replaceFirst("/g\\d/claim$", ""), StandardCharsets.UTF_8);
    Ledger ledger = new Ledger(s3.clients(), root);
    LedgerActivitiesImpl here = new LedgerActivitiesImpl(ledger, () -> "another namespace");

    LedgerView seen = here.look(businessKey);

    assertThat(seen.entries()).hasSameSizeAs(entries.keySet());
    assertThat(seen.digest()).hasValue(claimed.path("digest").asText());
    assertThat(seen.outcome()).hasValue(result.at("/report/outcome").asText());
    assertThat(here.read(sameAgain(businessKey, claimed)).verdict() == Verdict.DONE)
        .isEqualTo(seen.outcome().orElseThrow().startsWith("SUCCEEDED"));
    assertThat(new LedgerEffects(ledger).begun(businessKey, 1)).isNotEmpty();
  }

  private static ClaimRequest sameAgain(String businessKey, JsonNode claim) {
    return new ClaimRequest(
        businessKey,
        new SpecDigest(claim.get("digest").asText()),
        S3Documents.JSON.convertValue(claim.get("resolved"), new TypeReference<>() {}),
        businessKey,
        "another-run",
        Rerun.IF_FAILED,
        false,
        false);
  }

  private static Map<String, JsonNode> entries(Path file) throws IOException {
    return S3Documents.JSON.readValue(file.toFile(), new TypeReference<>() {});
  }
}
