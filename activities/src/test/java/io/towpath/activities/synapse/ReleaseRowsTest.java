package io.towpath.activities.synapse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.model.SynapseId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ReleaseRowsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "id,version\nsyn1,2\nsyn3,4\n",
        "id,version\nsyn1,2\nsyn3,4",
        "id,version\r\nsyn1,2\r\nsyn3,4\r\n",
        "\ufeffid,version\nsyn1,2\nsyn3,4",
        "name,version,id\n#a,2,syn1\nb,4.0,syn3"
      })
  void no_row_is_lost_however_lines_end(String csv) {
    assertThat(rows(csv)).containsExactly(new SynapseId("syn1.2"), new SynapseId("syn3.4"));
  }

  @Test
  void rows_that_name_no_version_are_told_with_their_lines() {
    assertThatThrownBy(() -> rows("id,version\nsyn1,\nsyn2,1\nx,1\n"))
        .isInstanceOf(PlatformException.class)
        .hasMessageContaining("line 2: \"syn1\", \"\" is no id and version")
        .hasMessageContaining("line 4: \"x\", \"1\"");
  }

  @Test
  void another_table_is_no_manifest() {
    assertThatThrownBy(() -> rows("synid,v\nsyn1,1\n"))
        .hasMessageContaining("expected the columns id and version");
  }

  private static List<SynapseId> rows(String csv) {
    return ReleaseRows.of(csv.getBytes(StandardCharsets.UTF_8), "data_manifest.csv");
  }
}
