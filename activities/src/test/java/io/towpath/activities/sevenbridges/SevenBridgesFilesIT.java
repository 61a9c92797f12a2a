package io.towpath.activities.sevenbridges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.outside.OutsideLook;
import io.towpath.sandbox.control.Fault;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.FileRef;
import io.towpath.workflows.model.SourceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class SevenBridgesFilesIT {
  private static final String DOWNLOAD = "GET /files/{id}/download_info";

  @AutoClose private final SevenBridgesSandbox sandbox = new SevenBridgesSandbox();
  private final SevenBridgesFiles files = new SevenBridgesFiles(sandbox.accounts());
  private final String project = sandbox.seed.project("reads");

  @Test
  void a_hundred_files_cost_one_call_and_their_project_one_more() {
    List<SourceId> ids = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      ids.add(file(project, "r" + i + ".fq", "x".repeat(i)));
    }

    List<OutsideLook> looks = look(ids);

    assertThat(looks).extracting(OutsideLook::problem).containsOnly("");
    FileRef last = looks.get(249).file().orElseThrow();
    assertThat(last.id()).isEqualTo(ids.get(249));
    assertThat(last.name()).isEqualTo("r249.fq");
    assertThat(last.sizeBytes()).isEqualTo(249);
    assertThat(last.md5()).isEmpty();
    assertThat(last.handle()).isEqualTo(last.id().value());
    assertThat(sandbox.calls("POST /bulk/files/get")).isEqualTo(3);
    assertThat(sandbox.calls(DOWNLOAD)).isEqualTo(1);
  }

  @Test
  void a_file_on_a_volume_has_no_version_but_that_of_its_bytes() {
    sandbox.put("reads/a.fq", "reads");
    String volume = sandbox.seed.volume("ro", SevenBridgesSandbox.BUCKET, "reads", false);
    SourceId alias = new SourceId("sbg://" + sandbox.seed.alias(project, "a.fq", volume, "a.fq"));

    FileRef file = look(List.of(alias)).get(0).file().orElseThrow();

    assertThat(file.sizeBytes()).isEqualTo(5);
    assertThat(file.handle()).isEmpty();
    assertThat(sandbox.calls(DOWNLOAD)).isZero();
  }

  @Test
  void a_project_that_may_only_be_read_is_told_of_all_its_files_for_one_call() {
    String shown = sandbox.seed.readOnlyProject("shown");
    SourceId a = file(shown, "a", "a");
    SourceId b = file(shown, "b", "b");

    assertThat(look(List.of(a, b)))
        .extracting(OutsideLook::problem)
        .allSatisfy(problem -> assertThat(problem).contains("right to copy in project"));
    assertThat(sandbox.calls(DOWNLOAD)).isEqualTo(1);
  }

  @Test
  void an_answer_that_never_came_is_no_problem_of_a_file() {
    SourceId a = file(project, "a", "a");
    sandbox.strike("POST /bulk/files/get", 1, SevenBridgesSandbox.fault(Fault.Kind.STATUS));

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> look(List.of(a)))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.PLATFORM_UNAVAILABLE));
    assertThat(look(List.of(a)).get(0).problem()).isEmpty();
  }

  @Test
  void a_worker_without_an_account_names_the_setting() {
    SevenBridgesFiles none =
        new SevenBridgesFiles(
            new SevenBridgesAccounts(Map.of(), new OkHttpClient(), Duration.ofSeconds(1)));

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> none.look("default", List.of(new SourceId("sbg://1")), () -> {}))
        .withMessageContaining("SB_AUTH_TOKEN")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.INPUT_REJECTED));
  }

  private List<OutsideLook> look(List<SourceId> ids) {
    return files.look("default", ids, () -> {});
  }

  private SourceId file(String where, String name, String content) {
    return new SourceId(
        "sbg://"
            + sandbox.seed.file(
                where, name, content.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
  }
}
