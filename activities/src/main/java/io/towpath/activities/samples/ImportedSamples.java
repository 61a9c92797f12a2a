package io.towpath.activities.samples;

import io.towpath.activities.store.S3Documents;
import io.towpath.workflows.samples.Sample;
import io.towpath.workflows.samples.SampleActivities.MakeInputs;
import io.towpath.workflows.sevenbridges.ImportedFile;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** The stored samples whose files all are in the project, one page in memory at a time. */
final class ImportedSamples {
  private final S3Documents documents;
  private final MakeInputs request;
  private final List<String> ids = new ArrayList<>();

  ImportedSamples(S3Documents documents, MakeInputs request) {
    this.documents = documents;
    this.request = request;
    documents.forEach(
        request.imported(), ImportedFile.class, file -> ids.add(file.fileId().orElse("")));
  }

  /**
   * Hands over every sample that has its files, in the order of the sheet.
   *
   * @param addresses the addresses of a row's files; none where nobody asks for them
   */
  void forEach(Function<Sample, List<List<String>>> addresses, Consumer<SampleContext> each) {
    documents.forEach(
        request.stored().samples(),
        Sample.class,
        sample -> {
          if (sample.files().stream().flatMap(List::stream).allMatch(this::isImported)) {
            each.accept(context(sample, addresses.apply(sample)));
          }
        });
  }

  private boolean isImported(long number) {
    return number < ids.size() && !ids.get((int) number).isEmpty();
  }

  private SampleContext context(Sample sample, List<List<String>> addresses) {
    List<SampleContext.Row> rows = new ArrayList<>();
    for (int i = 0; i < sample.rows().size(); i++) {
      List<String> own =
          sample.files().get(i).stream().map(number -> ids.get(number.intValue())).toList();
      List<String> known = addresses.isEmpty() ? List.of() : addresses.get(i);
      rows.add(new SampleContext.Row(sample.rows().get(i), own, known));
    }
    return new SampleContext(sample.id(), "sample " + sample.id(), rows);
  }
}
