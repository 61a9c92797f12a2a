package io.towpath.sandbox.container;

import static io.towpath.sandbox.container.TestContainers.body;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.ApiCalls.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(30)
final class LooksTest {
  @TempDir private Path folder;
  private TestContainers engine;

  @BeforeEach
  void serve() {
    engine = new TestContainers(folder);
  }

  @AfterEach
  void stop() throws Exception {
    engine.close();
  }

  @Test
  void labels_are_found_exactly_and_names_by_their_parts() {
    labelled("tp-abc", "abc");
    labelled("tp-abcd", "abcd");

    assertThat(engine.listed("{\"label\":[\"towpath.key=abc\"]}")).containsExactly("/tp-abc");
    assertThat(engine.listed("{\"label\":{\"towpath.key=abc\":true}}")).containsExactly("/tp-abc");
    assertThat(engine.listed("{\"label\":[\"towpath.key\"]}")).hasSize(2);
    assertThat(engine.listed("{\"name\":[\"abc\"]}")).containsExactly("/tp-abcd", "/tp-abc");
    assertThat(engine.listed("{\"name\":[\"^/tp-abc$\"]}")).containsExactly("/tp-abc");
    assertThat(engine.listed("{\"label\":[\"of=image\"],\"status\":[\"exited\"]}")).isEmpty();
  }

  @Test
  void only_what_runs_is_listed_unless_all_is_asked_for() {
    labelled("job", "k");

    assertThat(engine.api.get("/containers/json").body()).isEmpty();
    assertThat(engine.api.get("/containers/json?all=true").body()).hasSize(1);
    assertThat(
            engine.api.get("/containers/json?filters=%7B%22x%22:%5B%22y%22%5D%7D").at("/message"))
        .isEqualTo("invalid filter 'x'");
  }

  @Test
  void inspecting_shows_the_image_and_what_was_said_over_it() {
    ObjectNode body = body();
    body.putArray("Env").add("KEY=value");
    body.putObject("HostConfig").put("Memory", 64 << 20);
    engine.create("job", body);

    JsonNode shown = engine.api.get("/v1.41/containers/job/json").body();

    assertThat(shown.path("Name").asText()).isEqualTo("/job");
    assertThat(shown.at("/Config/Env").toString()).contains("OF=image", "KEY=value");
    assertThat(shown.at("/Config/Cmd/0").asText()).isEqualTo("hello");
    assertThat(shown.at("/HostConfig/Memory").asLong()).isEqualTo(64 << 20);
    assertThat(shown.path("Image").asText()).startsWith("sha256:");
  }

  @Test
  void an_image_has_the_digest_of_what_its_tag_names() {
    String byDigest = "127.0.0.1:5000/demo/tool@" + engine.digest;

    Answer byTag = engine.api.get("/images/" + TestContainers.IMAGE + "/json");

    assertThat(byTag.at("/RepoDigests/0")).isEqualTo(byDigest);
    assertThat(engine.api.get("/images/" + byDigest.replace("/", "%2F") + "/json").at("/Id"))
        .isEqualTo(byTag.at("/Id"));
    ObjectNode body = body().put("Image", byDigest);
    engine.create("pinned", body);
    assertThat(engine.run("pinned")).contains("hello image");
  }

  @Test
  void an_image_that_is_not_there_cannot_be_pulled() {
    Answer tag = engine.api.post("/images/create?fromImage=127.0.0.1:5000/demo/tool&tag=9", "");
    assertThat(tag.status()).isEqualTo(404);
    assertThat(tag.at("/message")).contains("manifest unknown");
    assertThat(engine.api.post("/images/create?fromImage=other.org/x", "").status()).isEqualTo(500);
    assertThat(engine.api.get("/images/nosuch/json").at("/message"))
        .isEqualTo("No such image: nosuch:latest");
  }

  @Test
  void logs_come_in_frames_that_tell_the_streams_apart() {
    engine.shell("job", "echo out; echo err >&2");
    engine.start("job");
    engine.end("job");

    byte[] err =
        engine.api.get("/containers/job/logs?stderr=1").text().getBytes(StandardCharsets.UTF_8);

    assertThat(err).startsWith(2, 0, 0, 0, 0, 0, 0, 4).endsWith((byte) 'r', (byte) '\n');
    assertThat(engine.api.get("/containers/job/logs?stdout=1&stderr=1").text())
        .contains("out\n", "err\n");
    assertThat(engine.api.get("/containers/job/logs").status()).isEqualTo(400);
  }

  @Test
  void of_logs_the_tail_can_be_asked_for_and_when_lines_were_written() {
    engine.shell("job", "echo 1; echo 2; echo 3");
    engine.start("job");

    assertThat(engine.api.get("/containers/job/logs?stdout=1&follow=1").text())
        .contains("1\n", "2\n", "3\n");
    assertThat(engine.api.get("/containers/job/logs?stdout=1&tail=1&timestamps=1").text())
        .containsPattern("^\\p{Cntrl}+.?\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z 3\n$");
  }

  @Test
  void of_a_very_long_output_the_end_is_kept() {
    engine.shell("job", "yes 0123456789 | head -n 200000; echo last");
    engine.start("job");
    engine.end("job");

    String log = engine.api.get("/containers/job/logs?stdout=1").text();

    assertThat(log).endsWith("last\n").hasSizeLessThan(2 << 20);
    assertThat(log.lines().count()).isLessThan(100_000);
  }

  private void labelled(String name, String key) {
    ObjectNode body = body();
    body.putObject("Labels").put("towpath.key", key);
    engine.create(name, body);
  }
}
