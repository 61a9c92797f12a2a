package io.towpath.sandbox.container;

import static io.towpath.sandbox.container.TestContainers.body;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.ApiCalls.Answer;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(30)
final class FilesTest {
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
  void a_file_put_in_is_read_by_its_path_and_shown_nowhere() {
    ObjectNode body = body();
    body.putArray("Env").add("FILE=/run/secrets/hello");
    body.putArray("Cmd").add("sh").add("-c").add("cat $FILE");
    engine.create("job", body);

    assertThat(put("job", "/run/secrets").status()).isEqualTo(200);

    assertThat(engine.run("job")).contains("echo hello");
    assertThat(engine.api.get("/containers/job/json").text()).doesNotContain("echo hello");
    assertThat(engine.committed().toString()).doesNotContain("echo hello").contains("/run/secrets");
  }

  @Test
  void arguments_and_the_program_are_mapped_into_the_root() {
    ObjectNode body = body();
    body.putArray("Entrypoint").add("/opt/tool/hello");
    body.putArray("Cmd").add("/opt/tool");
    engine.create("inside", body);
    engine.shell("outside", "ls -d /usr/bin; pwd");

    assertThat(engine.run("inside")).contains("hello " + folder).contains("/opt/tool");
    assertThat(engine.run("outside"))
        .contains("/usr/bin\n")
        .contains(folder.toString())
        .contains("/work");
  }

  @Test
  void files_come_out_as_they_are() throws Exception {
    engine.create("job", body());

    Answer stat = engine.api.call("HEAD", "/containers/job/archive?path=/opt/tool/hello", "");
    String header = stat.headers().firstValue("X-Docker-Container-Path-Stat").orElse("");
    JsonNode shown = new ObjectMapper().readTree(Base64.getDecoder().decode(header));

    assertThat(shown.path("name").asText()).isEqualTo("hello");
    assertThat(shown.path("mode").asInt()).isEqualTo(0755);
    assertThat(engine.api.get("/containers/job/archive?path=/opt/tool/hello").text())
        .startsWith("hello")
        .contains("echo hello");
  }

  @Test
  void a_place_that_is_not_there_takes_no_files() {
    engine.create("job", body());

    assertThat(put("job", "/nowhere").status()).isEqualTo(404);
    assertThat(put("job", "/opt/tool/hello").status()).isEqualTo(400);
    assertThat(engine.api.get("/containers/job/archive?path=/nowhere").at("/message"))
        .startsWith("Could not find the file /nowhere in container ");
  }

  /** Puts the archive of the image's own script into a folder. */
  private Answer put(String name, String path) {
    String archive = engine.api.get("/containers/" + name + "/archive?path=/opt/tool/hello").text();
    return engine.api.call("PUT", "/containers/" + name + "/archive?path=" + path, archive);
  }
}
