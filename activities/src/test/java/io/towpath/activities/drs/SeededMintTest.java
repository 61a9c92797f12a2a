package io.towpath.activities.drs;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.activities.config.Secret;
import io.towpath.activities.fanout.PageRunner;
import io.towpath.activities.ledger.Ledger;
import io.towpath.activities.ledger.LedgerEffects;
import io.towpath.activities.sevenbridges.SevenBridgesAccounts;
import io.towpath.activities.sevenbridges.SevenBridgesConnection;
import io.towpath.activities.store.S3Clients;
import io.towpath.activities.store.S3Documents;
import io.towpath.activities.store.S3Settings;
import io.towpath.activities.submit.Attempt;
import io.towpath.activities.synapse.SynapseConnection;
import io.towpath.activities.synapse.SynapseConnections;
import io.towpath.sandbox.Sandbox;
import io.towpath.sandbox.SandboxOptions;
import io.towpath.workflows.drs.DrsActivities.MintCounts;
import io.towpath.workflows.model.S3Uri;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Every minter under the names of the sandbox's environment file, wired as in a worker. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class SeededMintTest {
  private static final String NAMED = "include-sandbox-registered";

  @AutoClose private final Sandbox sandbox = Sandbox.start(SandboxOptions.forTests());
  private final Map<String, String> env = sandbox.env();
  private final OkHttpClient http = new OkHttpClient();
  @AutoClose private final PageRunner pages = new PageRunner();

  @AutoClose
  private final S3Clients s3 =
      new S3Clients(
          new S3Settings(
              Optional.of(URI.create(of("AWS_ENDPOINT_URL_S3"))),
              Optional.of(of("AWS_REGION")),
              StaticCredentialsProvider.create(
                  AwsBasicCredentials.create(
                      of("AWS_ACCESS_KEY_ID"), of("AWS_SECRET_ACCESS_KEY")))));

  private final S3Documents documents = new S3Documents(s3.repeating());
  private final DrsActivitiesImpl worker = worker();

  private String of(String name) {
    return env.getOrDefault(name, "");
  }

  private DrsActivitiesImpl worker() {
    SevenBridgesAccounts sevenBridges =
        new SevenBridgesAccounts(
            Map.of(
                "default",
                new SevenBridgesConnection(
                    URI.create(of("SB_API_ENDPOINT")), new Secret(of("SB_AUTH_TOKEN")))),
            http,
            Duration.ofMillis(50));
    SynapseConnections synapse =
        new SynapseConnections(
            Map.of(
                "default",
                new SynapseConnection(
                    URI.create(of("SYNAPSE_ENDPOINT")), new Secret(of("SYNAPSE_AUTH_TOKEN")))),
            http);
    Ledger ledger = new Ledger(s3, new S3Uri(of("TOWPATH_LEDGER")));
    return new DrsActivitiesImpl(
        new DrsSites(
            DrsEnvironment.servers(env).connections(sevenBridges.shared(), synapse.shared()), http),
        new DrsTools(
            documents,
            LedgerEffects.ofMints(ledger),
            pages,
            () -> new Attempt(1, Duration.ofMinutes(5), () -> {}),
            Duration.ofMillis(600)));
  }

  private MintScene scene(String minter, String dataset) {
    return new MintScene(documents, worker, MintScene.rules(minter, dataset), "towpath-demo");
  }

  @Test
  void a_file_of_synapse_has_an_id_by_its_version_that_must_be_of_its_bytes() {
    String parent = sandbox.synapseSeed().project("of drs");
    byte[] content = "seven !".getBytes(StandardCharsets.UTF_8);
    String file = sandbox.synapseSeed().file(parent, "a.txt", "text/plain", content);
    sandbox.synapseSeed().newVersion(file, "another".getBytes(StandardCharsets.UTF_8));

    MintScene scene =
        scene("synapse", "")
            .file("a", "seven !", new S3Uri("s3://towpath-demo/out/a"))
            .filedAs(file, 1)
            .file("b", "seven !", new S3Uri("s3://towpath-demo/out/b"))
            .filedAs(file, 2)
            .file("c", "not filed", new S3Uri("s3://towpath-demo/out/c"));

    assertThat(scene.mint()).extracting(MintCounts::minted, MintCounts::failed).contains(1, 2);
    assertThat(scene.lines().get(0).drsUri())
        .contains("drs://repo-prod.prod.sagebase.org/" + file + ".1");
    assertThat(scene.lines().get(0).verified()).isTrue();
    assertThat(scene.lines().get(1).error().orElse("")).contains("other bytes: its md5");
    assertThat(scene.lines().get(2).error().orElse("")).contains("\"c\" is not filed in Synapse");
  }

  @Test
  void an_object_in_the_demos_bucket_can_be_minted_by_both() {
    S3Uri place = new S3Uri("s3://towpath-demo/delivery/a.txt");
    sandbox
        .objects()
        .put(place.bucket(), place.key(), "text/plain", "of a".getBytes(StandardCharsets.UTF_8));

    assertThat(scene("indexd", "").file("a", "of a", place).mint().minted()).isEqualTo(1);
    assertThat(scene("cavatica-dataset", NAMED).file("a", "of a", place).mint())
        .isEqualTo(new MintCounts(1, 0, 0, List.of(), ""));
    assertThat(
            worker
                .publish(scene("", "").claim, MintScene.rules("cavatica-dataset", NAMED))
                .visible())
        .isTrue();
  }
}
