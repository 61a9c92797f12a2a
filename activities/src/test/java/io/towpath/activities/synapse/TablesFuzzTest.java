package io.towpath.activities.synapse;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.SynapseId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;

/** A release's manifest, and a query as a request names it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TablesFuzzTest {
  private static final SynapseId VIEW = new SynapseId("syn123");

  @FuzzTest
  void any_bytes_are_a_manifest_of_versions_or_refused(byte[] bytes) {
    try {
      assertThat(ReleaseRows.of(bytes, "syn1")).allMatch(id -> id.version().isPresent());
    } catch (PlatformException e) {
      assertThat(e.kind()).isEqualTo(FailureKind.INPUT_REJECTED);
    }
  }

  @FuzzTest
  void any_query_asks_its_view_alone_or_is_refused(byte[] bytes) {
    try {
      ViewQuery query = ViewQuery.read(new String(bytes, StandardCharsets.UTF_8), VIEW);

      String sql = query.sql(VIEW, query.columns(), List.of("id"), true);
      assertThat(ViewQuery.read(sql, VIEW).rest()).startsWith(query.rest());
    } catch (PlatformException e) {
      assertThat(e.kind()).isEqualTo(FailureKind.INPUT_REJECTED);
    }
  }
}
