package io.towpath.sandbox.synapse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.control.Counters;
import io.towpath.sandbox.control.Faults;
import io.towpath.sandbox.control.Journal;
import io.towpath.sandbox.control.Mask;
import io.towpath.sandbox.http.PlatformServer;
import io.towpath.sandbox.s3.S3Keys;
import io.towpath.sandbox.s3.SandboxS3;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Downloads and registrations over the sandbox's own S3 server. */
@Timeout(60)
@DisplayNameGeneration(ReplaceUnderscores.class)
class RealStoreIT {
  private static final byte[] BYTES = "some bytes".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder = Path.of("");
  private Optional<SandboxS3> s3 = Optional.empty();
  private Optional<TestSynapse> running = Optional.empty();

  @BeforeEach
  void start() {
    SandboxS3 server =
        new SandboxS3(
            new SandboxS3.Settings(
                folder,
                "us-east-1",
                new S3Keys("AKIAUSER", "user-secret-0123456789"),
                new S3Keys("ASIASESSION", "session-secret-0123456789"),
                new S3Keys("AKIAINNER", "inner-secret-0123456789"),
                Set.of(TestSynapse.BUCKET),
                InstantSource.system(),
                0),
            new PlatformServer.Watch(
                new Journal(InstantSource.system(), new Mask()), new Counters(), new Faults()));
    s3 = Optional.of(server);
    running = Optional.of(new TestSynapse(false, Optional.of(server.store())));
  }

  @AfterEach
  void stop() {
    running.ifPresent(TestSynapse::close);
    s3.ifPresent(SandboxS3::close);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain.txt",
        "a b/c+d.txt",
        "x&y='z'.txt",
        "100%/50%25.txt",
        "\u00e4\u4e2d.txt",
        "#?;=.txt"
      })
  void an_object_of_any_name_is_registered_in_place_and_downloaded(String key) {
    TestSynapse synapse = running.orElseThrow();
    SandboxS3 server = s3.orElseThrow();
    server.store().createBucket("mine");
    server.store().put("mine", key, "text/plain", BYTES);
    SynapseSeed seed = synapse.platform.seed();
    String project = seed.project("real");
    String file = seed.externalFile(project, "file.txt", "text/plain", "mine", key);
    ObjectNode wanted = Json.object().put("includeFileHandles", true);
    var handle =
        synapse.post("/repo/v1/entity/" + file + "/bundle2", wanted).json().at("/fileHandles/0");
    assertThat(handle.path("key").asText()).isEqualTo(key);
    assertThat(handle.path("contentMd5").asText()).isEqualTo(Md5.hex(BYTES));
    String url =
        synapse
            .get("/file/v1/fileHandle/" + handle.path("id").asText() + "/url?redirect=false")
            .body();
    assertThat(synapse.get(url).raw().body()).isEqualTo(BYTES);
    var range = synapse.send(synapse.request(url).header("Range", "bytes=5-9"));
    assertThat(range.status()).isEqualTo(206);
    assertThat(range.body()).isEqualTo("bytes");
  }
}
