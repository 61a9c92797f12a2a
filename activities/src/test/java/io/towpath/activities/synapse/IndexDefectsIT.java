package io.towpath.activities.synapse;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.activities.synapse.ListedScene.Listed;
import io.towpath.workflows.synapse.IndexedFile;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Names and sizes that lost, mixed or stopped results elsewhere. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(120)
class IndexDefectsIT {
  private static final List<String> HOSTILE =
      List.of(
          " ", "  ", "+", "&", "%", "'", "\"", "=", ":", "@", "#", "_", "_x003A_", "%2B", "%20",
          "ü", "u\u0308", "漢", "🧬", "~", ",", ";", "(", "[", "{", "}", "!", "$", "^", "`", "\\",
          "*", "?", "<", "|", "\u00a0", "\u200b", "-", "a", "B", "7", "..");

  @AutoClose private final SynapseSandbox sandbox = new SynapseSandbox();
  @AutoClose private final ListedScene scene = new ListedScene(sandbox);

  @Test
  void a_key_with_two_spaces_is_found_and_keeps_both() {
    scene.put("my  results/a  b.txt", "x");

    Listed listed = scene.index();

    assertThat(listed.files())
        .extracting(IndexedFile::path)
        .containsExactly("my  results/a  b.txt");
    assertThat(key(listed.files().get(0))).endsWith("my  results/a  b.txt");
  }

  @Test
  void a_result_called_like_the_owner_file_or_the_index_is_not_lost() {
    scene.put("sample_owner.txt", "1").put("owner.txt", "2").put("x/owner.txt", "3");
    scene.put("synindex/under-syn1/output.csv", "4").put("myowner.txt.gz", "5");

    assertThat(scene.index().files())
        .extracting(IndexedFile::path)
        .containsExactly(
            "myowner.txt.gz",
            "owner.txt",
            "sample_owner.txt",
            "synindex/under-syn1/output.csv",
            "x/owner.txt");
  }

  @Test
  void indexing_writes_nothing_among_the_results() {
    scene.put("a.txt", "1");

    scene.index();

    assertThat(scene.list().files().rows()).isEqualTo(1);
  }

  @Test
  void names_that_look_alike_once_cleaned_stay_different_files() {
    scene.put("a:b.txt", "1").put("a_b.txt", "2").put("a_x003A_b.txt", "3").put("a=b/c", "4");
    scene.put("a_b/c", "5");

    Listed listed = scene.index();

    assertThat(listed.files()).extracting(IndexedFile::path).doesNotHaveDuplicates().hasSize(5);
    assertThat(listed.files()).extracting(IndexedFile::version).containsOnly(1L);
    assertThat(listed.target().renamed()).contains("a:b.txt -> a_x003A_b.txt");
  }

  @Test
  void composed_and_decomposed_letters_are_two_files() {
    String composed = Normalizer.normalize("Zürich.txt", Normalizer.Form.NFC);
    String decomposed = Normalizer.normalize("Zürich.txt", Normalizer.Form.NFD);
    scene.put(composed, "1").put(decomposed, "2");

    assertThat(scene.index().files())
        .extracting(IndexDefectsIT::key)
        .containsExactlyInAnyOrder("results/out/" + composed, "results/out/" + decomposed);
  }

  @Test
  void a_key_of_1024_bytes_is_indexed_and_a_long_name_gives_way_at_its_end() {
    String folder = "ü".repeat(120);
    String rest = (folder + "/").repeat(4);
    int left = 1024 - ("results/out/" + rest).getBytes(StandardCharsets.UTF_8).length;
    String one = "x".repeat(left - 8) + "1.fq.gz";
    String other = "x".repeat(left - 8) + "2.fq.gz";
    scene.put(rest + one, "1").put(rest + other, "2");

    Listed listed = scene.index();

    assertThat(listed.files()).hasSize(2);
    assertThat(listed.files()).extracting(IndexedFile::path).doesNotHaveDuplicates();
    assertThat(listed.files())
        .allSatisfy(
            file ->
                assertThat(List.of(file.path().split("/", -1)))
                    .allSatisfy(part -> assertThat(EntityName.legal(part)).isTrue()));
    assertThat(listed.files()).allSatisfy(f -> assertThat(f.path()).endsWith(".fq.gz"));
  }

  @Test
  void an_empty_output_is_named_in_the_report_and_does_not_stop_the_others() {
    scene.put("picard_histogram.txt", "").put("a.txt", "1");

    Listed listed = scene.index();

    assertThat(listed.outputs().zeroByte().first()).containsExactly("picard_histogram.txt");
    assertThat(listed.files()).extracting(IndexedFile::path).containsExactly("a.txt");
  }

  @Test
  void five_hundred_hostile_names_round_trip_without_a_collision() {
    List<String> names = hostile(500);
    List<IndexedFile> files = new ArrayList<>();
    for (int worker = 0; worker < SynapseSandbox.WORKERS; worker++) {
      try (ListedScene beside = scene.beside(worker)) {
        for (int i = worker; i < names.size(); i += SynapseSandbox.WORKERS) {
          beside.put(names.get(i), "content of " + names.get(i));
        }
        files.addAll(beside.index().files());
      }
    }

    assertThat(files).hasSize(500);
    assertThat(files).extracting(IndexedFile::path).doesNotHaveDuplicates();
    assertThat(files).extracting(IndexedFile::synapseId).doesNotHaveDuplicates();
    assertThat(files).extracting(IndexedFile::action).containsOnly("created");
    List<String> sources = new ArrayList<>();
    for (IndexedFile file : files) {
      String path = key(file).replaceFirst("^results/\\d/", "");
      assertThat(file.md5()).isEqualTo(IndexScene.md5("content of " + path));
      sources.add(path);
    }
    assertThat(sources).containsExactlyInAnyOrderElementsOf(names);
  }

  /** Names from hostile parts, each also with one part replaced as a careless cleaning would. */
  private static List<String> hostile(int count) {
    Random random = new Random(20_261_124);
    Set<String> names = new LinkedHashSet<>();
    while (names.size() < count) {
      StringBuilder name = new StringBuilder();
      int parts = 1 + random.nextInt(6);
      for (int i = 0; i < parts; i++) {
        name.append(HOSTILE.get(random.nextInt(HOSTILE.size())));
      }
      String folder = random.nextInt(4) == 0 ? "f" + random.nextInt(3) + "=/" : "";
      names.add(folder + "n" + name);
      names.add(folder + "n" + name.toString().replaceAll("[^A-Za-z0-9 _.+'()-]", "_"));
      names.add(folder + EntityName.sanitized("n" + name));
    }
    return new ArrayList<>(names).subList(0, count);
  }

  private static String key(IndexedFile file) {
    return file.uri().key();
  }
}
