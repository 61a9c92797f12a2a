package io.towpath.activities.synapse;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.activities.fanout.PageRunner;
import io.towpath.activities.samplesheet.Sheet;
import io.towpath.workflows.samplesheet.SheetRules;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ManifestFilesTest {
  private static final SheetRules RULES = new SheetRules("auto", List.of());

  @Test
  void many_quick_looks_give_signs_of_life_on_the_way() {
    StringBuilder csv = new StringBuilder("sample,fastq_1\n");
    for (int i = 1; i <= 5_000; i++) {
      csv.append("s" + i + ",syn://syn" + i + "\n");
    }
    Sheet sheet = Sheet.of(csv.toString().getBytes(StandardCharsets.UTF_8), "sheet.csv", RULES);
    AtomicInteger beats = new AtomicInteger();

    try (PageRunner pages = new PageRunner()) {
      new ManifestFiles(
              new ManifestFiles.Looks(
                  ids -> ids.stream().map(id -> FileLook.FINE).toList(), uri -> FileLook.FINE),
              pages,
              beats::incrementAndGet)
          .read(sheet, RULES);
    }

    assertThat(beats.get()).isGreaterThanOrEqualTo(5);
  }
}
