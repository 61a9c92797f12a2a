package io.towpath.activities.synapse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.store.Digests;
import io.towpath.sandbox.control.Fault;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.SynapseId;
import io.towpath.workflows.samples.SheetVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
final class SynapseSheetsIT {
  private static final byte[] OLD = "sample_id\na\n".getBytes(StandardCharsets.UTF_8);
  private static final byte[] NEW = "sample_id\nb\n".getBytes(StandardCharsets.UTF_8);

  @AutoClose private final SynapseSandbox sandbox = new SynapseSandbox();
  private final SynapseSheets sheets = new SynapseSheets(sandbox.connections());
  private String project = "";
  private String sheet = "";

  @BeforeEach
  void plant() {
    project = sandbox.seed().project("sheets");
    sheet = sandbox.seed().file(project, "cohort.csv", "text/csv", OLD);
    sandbox.seed().newVersion(sheet, NEW);
  }

  @Test
  void a_sheet_is_pinned_to_its_newest_version_and_read_as_that() {
    SheetVersion pinned = pin(sheet);

    assertThat(pinned)
        .isEqualTo(
            new SheetVersion(
                "default", "syn://" + sheet + ".2", sheet + ".2", "cohort.csv", Digests.md5(NEW)));
    sandbox.seed().newVersion(sheet, OLD);
    assertThat(sheets.read(pinned)).isEqualTo(NEW);
  }

  @Test
  void a_version_that_is_named_is_the_one_that_is_read() {
    assertThat(sheets.read(pin(sheet + ".1"))).isEqualTo(OLD);
  }

  @Test
  void a_download_that_came_damaged_is_not_taken() {
    SheetVersion pinned = pin(sheet);
    sandbox.strike("GET presigned", Fault.Kind.CORRUPT, 0, 200, 1);

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> sheets.read(pinned))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.CHECKSUM_MISMATCH));
    assertThat(sheets.read(pinned)).isEqualTo(NEW);
  }

  @Test
  void what_is_no_file_is_refused_by_what_it_is() {
    String folder = sandbox.seed().folder(project, "reads");
    String dataset = sandbox.seed().dataset(project, "set", List.of(sheet + ".1"));

    refused(folder, FailureKind.INPUT_REJECTED, "is a Folder; expected the file of a sample sheet");
    refused(dataset, FailureKind.INPUT_REJECTED, "expected the file of a sample sheet");
    refused("syn999999", FailureKind.INPUT_REJECTED, "does not exist, or lies in the trash");
  }

  @Test
  void what_may_not_be_downloaded_is_refused_with_the_right_that_is_missing() {
    sandbox.seed().makeUndownloadable(sheet);

    refused(sheet, FailureKind.ACCESS_DENIED, "download right");
  }

  private SheetVersion pin(String id) {
    return sheets.pin("default", new SynapseId(id));
  }

  private void refused(String id, FailureKind kind, String words) {
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> pin(id))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(kind))
        .withMessageContaining(words);
  }
}
