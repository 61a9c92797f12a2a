package io.towpath.activities.samplesheet;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.activities.rows.PackedRows;
import io.towpath.activities.samplesheet.Placement.UsedFile;
import io.towpath.workflows.model.FileRef;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SourceId;
import io.towpath.workflows.transfer.StageLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds of the places of staged files, whatever they are called. */
class PlacedFilesTest {
  private static final S3Uri TO = new S3Uri("s3://bucket/etl/");

  /** Where files lie by id, and the cells of those that lie nowhere. */
  private record Placed(Map<String, String> places, List<String> problems) {
    static Placed of(List<UsedFile> files, String layout) {
      PackedRows<UsedFile> rows = new PackedRows<>(UsedFile.class);
      files.forEach(file -> rows.add(file.file().id().value(), file));
      Map<String, String> places = new HashMap<>();
      Placement placement =
          Placement.of(
              rows,
              new StageLayout(TO, layout, List.of()),
              file -> places.put(file.id().value(), file.place()));
      return new Placed(
          places, placement.problems().stream().map(Problem::place).sorted().toList());
    }
  }

  @Property(tries = 500)
  void no_two_files_get_one_place_and_each_has_one_or_a_reason(
      @ForAll("files") List<UsedFile> files, @ForAll("layouts") String layout) {
    Placed placed = Placed.of(files, layout);

    assertThat(placed.places().values()).doesNotHaveDuplicates();
    assertThat(placed.places().size() + Set.copyOf(placed.problems()).size())
        .isEqualTo(files.size());
  }

  @Property(tries = 500)
  void the_order_of_the_rows_decides_nothing(
      @ForAll("files") List<UsedFile> files, @ForAll("layouts") String layout) {
    List<UsedFile> reversed = new ArrayList<>(files);
    Collections.reverse(reversed);

    assertThat(Placed.of(reversed, layout)).isEqualTo(Placed.of(files, layout));
  }

  @Property(tries = 500)
  void every_place_is_a_key_of_s3_below_the_folder(
      @ForAll("files") List<UsedFile> files, @ForAll("layouts") String layout) {
    assertThat(Placed.of(files, layout).places().values())
        .allSatisfy(
            place -> {
              assertThat(TO.resolve(place).key()).isEqualTo("etl/" + place);
              assertThat(place.split("/", -1)).doesNotContain("", ".", "..");
            });
  }

  @Provide
  Arbitrary<String> layouts() {
    return Arbitraries.of("idFolders", "flat", "bySample");
  }

  @Provide
  Arbitrary<List<UsedFile>> files() {
    Arbitrary<String> names =
        Arbitraries.of(
                "x",
                ".syn1.1",
                ".syn2.1",
                ".gz",
                ".fq",
                "é",
                "e\u0301",
                " ",
                "..",
                "/",
                "\n",
                "&",
                "%2F",
                "+",
                "a".repeat(400))
            .list()
            .ofMaxSize(4)
            .map(parts -> String.join("", parts));
    Arbitrary<String> ids =
        Combinators.combine(
                Arbitraries.integers().between(1, 5), Arbitraries.integers().between(1, 2))
            .as((entity, version) -> "syn" + entity + "." + version);
    return Combinators.combine(ids, names, Arbitraries.of("s1", "s2", "s/3", "syn1.1"))
        .as(PlacedFilesTest::file)
        .list()
        .ofMaxSize(8)
        .uniqueElements(used -> used.file().id());
  }

  private static UsedFile file(String id, String name, String sample) {
    FileRef file =
        new FileRef(
            new SourceId(id),
            name,
            "",
            "1",
            1,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return new UsedFile(file, List.of("cell of " + id), sample);
  }
}
