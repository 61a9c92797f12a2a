package io.towpath.worker.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.activities.config.Secret;
import io.towpath.activities.synapse.SynapseConnection;
import io.towpath.activities.tower.TowerConnection;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several connections of one platform, from wherever they are written. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ConnectionsTest {
  private static final URI TOWER = URI.create("https://tower.example.org/api");

  @TempDir private Path home;
  private Path file = Path.of("");

  @BeforeEach
  void name() {
    file = home.resolve("connections.yaml");
  }

  @Test
  void what_follows_a_variable_is_the_name_of_a_connection() {
    Map<String, TowerConnection> found =
        seqera(
            Map.of(
                "TOWER_ACCESS_TOKEN", "t0",
                "TOWER_API_ENDPOINT", "https://tower.example.org/api/",
                "TOWER_WORKSPACE_ID", "org/main",
                "TOWER_ACCESS_TOKEN_LAB", "t1",
                "TOWER_WORKSPACE_ID_LAB", "org/lab",
                "NXF_TOWER_TOKEN_CLOUD", "t2",
                "TOWER_API_ENDPOINT_CLOUD", "https://api.cloud.seqera.io"));

    assertThat(found)
        .containsOnly(
            Map.entry("default", tower(TOWER, "t0", "org/main")),
            Map.entry("lab", tower(TOWER, "t1", "org/lab")),
            Map.entry("cloud", tower(URI.create("https://api.cloud.seqera.io"), "t2", "org/main")));
  }

  @ParameterizedTest
  @CsvSource({
    "tower://:to%2Fken@tower.example.org/api/?workspace=org%2Fname, to/ken",
    "tower://:to+ken@tower.example.org/api?x=1&workspace=org/name, to+ken"
  })
  void token_server_and_workspace_travel_in_one_text(String uri, String token) {
    Map<String, TowerConnection> found =
        seqera(
            Map.of(
                "NEXTFLOWTOWER_CONNECTION_URI", uri,
                "NEXTFLOWTOWER_CONNECTION_URI_LAB", "env:HELD",
                "HELD", uri));

    assertThat(found)
        .containsOnly(
            Map.entry("default", tower(TOWER, token, "org/name")),
            Map.entry("lab", tower(TOWER, token, "org/name")));
  }

  @Test
  void a_synapse_uri_names_no_server_and_variables_do() {
    Map<String, SynapseConnection> found =
        synapse(
            Map.of(
                "SYNAPSE_CONNECTION_URI", "syn://:a%2Bb@",
                "SYNAPSE_AUTH_TOKEN_LAB", "t1",
                "SYNAPSE_ENDPOINT_LAB", "https://synapse.example.org"));

    assertThat(found)
        .containsOnly(
            Map.entry(
                "default", new SynapseConnection(SynapseConnection.SYNAPSE, new Secret("a+b"))),
            Map.entry(
                "lab",
                new SynapseConnection(
                    URI.create("https://synapse.example.org"), new Secret("t1"))));
  }

  @Test
  void a_token_that_stands_by_itself_wins_over_the_one_in_a_uri() {
    assertThat(
            seqera(
                Map.of(
                    "TOWER_ACCESS_TOKEN", "t0",
                    "NEXTFLOWTOWER_CONNECTION_URI", "tower://:t1@other.example.org")))
        .containsOnly(
            Map.entry(
                "default",
                new TowerConnection(
                    URI.create("https://api.cloud.seqera.io"),
                    new Secret("t0"),
                    Optional.empty())));
  }

  @Test
  void the_quota_of_seqera_can_be_shared_with_other_workers() {
    assertThat(seqera(Map.of("TOWER_ACCESS_TOKEN", "t0")).values())
        .extracting(TowerConnection::callsPerSecond)
        .containsExactly(15);
    assertThat(
            seqera(Map.of("TOWER_ACCESS_TOKEN", "t0", "TOWPATH_SEQERA_CALLS_PER_SECOND", "5"))
                .values())
        .extracting(TowerConnection::callsPerSecond)
        .containsExactly(5);
  }

  @Test
  void the_token_of_synapses_own_file_is_the_default() throws IOException {
    Files.writeString(
        home.resolve(".synapseConfig"),
        "[authentication]\n#authtoken = no\nauthtoken = of-the-file\n");

    assertThat(synapse(Map.of())).containsOnlyKeys("default");
    assertThat(synapse(Map.of()).values())
        .extracting(one -> one.token().reveal())
        .containsExactly("of-the-file");
    assertThat(synapse(Map.of("SYNAPSE_AUTH_TOKEN", "of-env")).values())
        .extracting(one -> one.token().reveal())
        .containsExactly("of-env");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://:secret@tower.example.org/api",
        "tower://secret@tower.example.org/api",
        "tower://:%zzsecret@tower.example.org/api",
        "tower://:secret@not a host",
        "env:BAD"
      })
  void a_uri_that_is_none_is_told_without_what_it_holds(String uri) {
    Given given =
        new Given(Map.of("NEXTFLOWTOWER_CONNECTION_URI_LAB", uri, "BAD", "tower:secret"), home);

    assertThat(given.problems((all, unused) -> SeqeraSettings.read(all)))
        .containsExactly(
            "NEXTFLOWTOWER_CONNECTION_URI_LAB has not the form"
                + " tower://:<token>@host/api/?workspace=org/name (percent-encoded token)");
  }

  @Test
  void a_workspace_in_a_uri_has_an_organization() {
    Given given =
        new Given(
            Map.of("NEXTFLOWTOWER_CONNECTION_URI", "tower://:t@host/api?workspace=12345"), home);

    assertThat(given.problems((all, unused) -> SeqeraSettings.read(all)))
        .containsExactly(
            "NEXTFLOWTOWER_CONNECTION_URI names the workspace \"12345\"; expected org/name");
  }

  @Test
  void a_server_without_a_token_and_a_reference_to_nothing_are_problems() {
    Given given =
        new Given(
            Map.of(
                "TOWER_API_ENDPOINT_LAB", "https://tower.example.org",
                "TOWER_ACCESS_TOKEN", "env:NOT_SET",
                "TOWER_ACCESS_TOKEN_X", "file:/not/there",
                "TOWER_ACCESS_TOKEN_Y", "aws-sm:token"),
            home);

    assertThat(given.problems((all, unused) -> SeqeraSettings.read(all)))
        .hasSize(4)
        .anyMatch(text -> text.startsWith("TOWER_API_ENDPOINT_LAB is set, but TOWER_ACCESS_TOKEN_"))
        .anyMatch(text -> text.startsWith("TOWER_ACCESS_TOKEN: env:NOT_SET is not set"))
        .anyMatch(text -> text.startsWith("TOWER_ACCESS_TOKEN_X: file:/not/there cannot be read"))
        .anyMatch(text -> text.startsWith("TOWER_ACCESS_TOKEN_Y: \"aws-sm:…\" cannot be resolved"));
  }

  @Test
  void a_file_holds_connections_beside_those_of_the_environment() throws IOException {
    write(
        """
        seqera:
          lab-2: {token: env:HELD, workspace: org/lab}
          other: {uri: 'tower://:t2@tower.example.org/api/?workspace=org/name'}
        synapse:
          lab-2:
            token: env:HELD
            callsPerMinute: 60
        """,
        "rw-------");
    Map<String, String> environment =
        Map.of(
            "TOWER_ACCESS_TOKEN", "t0",
            "TOWER_API_ENDPOINT", TOWER.toString(),
            "SYNAPSE_AUTH_TOKEN", "t0",
            "HELD", "t1");

    assertThat(seqera(environment))
        .containsOnly(
            Map.entry("default", new TowerConnection(TOWER, new Secret("t0"), Optional.empty())),
            Map.entry("lab-2", tower(TOWER, "t1", "org/lab")),
            Map.entry("other", tower(TOWER, "t2", "org/name")));
    assertThat(synapse(environment))
        .containsEntry(
            "lab-2",
            new SynapseConnection(
                SynapseConnection.SYNAPSE,
                new Secret("t1"),
                new SynapseConnection.Quota(60, SynapseConnection.WHOLE.atOnce())));
  }

  @Test
  void everything_that_is_wrong_in_a_file_is_told_at_once() throws IOException {
    write(
        """
        seqerra: {}
        seqera:
          default: {token: file:/run/x}
          lab: {token: env:HELD}
          lab: {token: env:HELD, workspace: [a]}
          three: {tokn: canary-1}
          "a b": {token: env:HELD}
        """,
        "rw-r--r--");

    assertThat(problems(Map.of("TOWER_ACCESS_TOKEN", "t0", "HELD", "t1")))
        .containsExactlyInAnyOrder(
            "seqerra in " + file + " is unknown; did you mean seqera?",
            "seqera.lab in " + file + " is there twice",
            "seqera.three.tokn in " + file + " is unknown; did you mean token?",
            "seqera.lab.workspace in " + file + " is empty or no text",
            "seqera.default in "
                + file
                + " is set in the environment as well (TOWER_ACCESS_TOKEN or one like it): keep"
                + " one of them",
            "\"a b\" is no name of a connection; expected such as lab-2");
  }

  @Test
  void a_credential_itself_is_for_the_eyes_of_its_owner() throws IOException {
    String text = "seqera: {lab: {token: canary-1}, two: {uri: env:HELD}, three: {token: env:T}}";
    write(text, "rw-r--r--");
    Map<String, String> environment = Map.of("HELD", "tower://:t@host", "T", "t");

    assertThat(problems(environment))
        .containsExactly(
            "seqera.lab.token in "
                + file
                + " is a credential in a file that everybody may read: chmod 600, or name it by a"
                + " reference such as file:/run/secrets/token");
    write(text, "rw-r-----");
    assertThat(problems(environment)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"seqera: [", "- a", "seqera: {lab: t}", "\0", "a: &a {b: *a}"})
  void a_file_that_is_none_is_told_and_nothing_of_it_shown(String text) throws IOException {
    write(text, "rw-------");

    assertThat(problems(Map.of("TOWER_ACCESS_TOKEN", "t0")))
        .isNotEmpty()
        .allSatisfy(problem -> assertThat(problem).contains(file.toString()));
  }

  @Test
  void a_file_that_is_not_there_is_told() {
    assertThat(problems(Map.of("TOWER_ACCESS_TOKEN", "t0")))
        .containsExactly("TOWPATH_CONNECTIONS is " + file + ", which cannot be read");
  }

  private void write(String text, String permissions) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  private static TowerConnection tower(URI endpoint, String token, String workspace) {
    return new TowerConnection(endpoint, new Secret(token), Optional.of(workspace));
  }

  private Map<String, TowerConnection> seqera(Map<String, String> environment) {
    return new Given(with(environment), home).read((all, unused) -> SeqeraSettings.read(all));
  }

  private Map<String, SynapseConnection> synapse(Map<String, String> environment) {
    return new Given(with(environment), home).read(SynapseSettings::read);
  }

  private List<String> problems(Map<String, String> environment) {
    Map<String, String> all = new TreeMap<>(environment);
    all.put("TOWPATH_CONNECTIONS", file.toString());
    return new Given(all, home).problems((connections, unused) -> SeqeraSettings.read(connections));
  }

  private Map<String, String> with(Map<String, String> environment) {
    Map<String, String> all = new TreeMap<>(environment);
    if (Files.exists(file)) {
      all.put("TOWPATH_CONNECTIONS", file.toString());
    }
    return all;
  }
}
