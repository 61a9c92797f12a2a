package io.towpath.activities.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.poll.PollPace;
import io.towpath.activities.poll.PollState;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.CollectPage;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.CollectedPage;
import io.towpath.workflows.sevenbridges.TaskOutput;
import io.towpath.workflows.transfer.OutputFile;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * See {@link SevenBridgesActivities#collectOutputs}. The first attempt looks at everything and
 * sends the exports; later ones ask for these alone, by what the first one stored.
 */
final class OutputCollector {
  /** Stands in the memory between attempts once the exports were sent. */
  private static final String EXPORTING = "exporting";

  private final TaskTools tools;
  private final CollectPage request;
  private final InstantSource clock;
  private final VolumePlaces places;

  OutputCollector(TaskTools tools, CollectPage request, InstantSource clock) {
    this.tools = tools;
    this.request = request;
    this.clock = clock;
    this.places = new VolumePlaces(tools.account().client(), request.export());
  }

  CollectedPage collect() {
    Instant now = clock.instant();
    PollState before = tools.memory().recall().orElseGet(() -> PollState.begin(now));
    Duration interval = new PollPace(tools.pollFloor()).interval(before.age(now));
    Collected page =
        before.status().equals(EXPORTING)
            ? asked(interval)
            : new OutputLook(tools, request, places).take();
    if (page.open() == 0) {
      return finish(page);
    }
    tools.documents().writePage(underWay(), List.of(page));
    tools.memory().keep(before.seen(EXPORTING, "", now));
    throw PollPace.stillRunning(
        page.open() + " of " + page.jobs().size() + " exports go on", PollPace.jittered(interval));
  }

  private Collected asked(Duration interval) {
    Collected page = tools.documents().readPage(underWay(), Collected.class).get(0);
    return page.with(exports().ask(page.jobs(), PollPace.freshFor(interval)));
  }

  private CollectedPage finish(Collected page) {
    Map<String, S3Uri> exported = new HashMap<>();
    List<String> problems = new ArrayList<>(page.problems());
    List<String> ids = page.jobs().stream().map(ExportJob::fileId).toList();
    Map<String, JsonNode> files =
        ReferenceCopies.look(tools.account().client(), ids, new HashMap<>());
    for (ExportJob job : page.jobs()) {
      Optional<VolumePlace> place =
          Optional.ofNullable(files.get(job.fileId()))
              .flatMap(file -> exports().place(job, ProjectFile.of(file)));
      if (place.isEmpty()) {
        problems.add(exports().failure(job));
      }
      place.flatMap(places::of).ifPresent(uri -> exported.put(job.fileId(), uri));
    }
    return stored(page.outputs().stream().map(row -> at(row, exported)).toList(), problems);
  }

  private Exports exports() {
    return new Exports(tools, request.request().claim(), request.export().orElseThrow());
  }

  private CollectedPage stored(List<TaskOutput> rows, List<String> problems) {
    Map<String, OutputFile> objects = new LinkedHashMap<>();
    int count = 0;
    long bytes = 0;
    for (TaskOutput row : rows) {
      count += row.fileId().isEmpty() ? 0 : 1;
      bytes += row.sizeBytes();
      row.uri().ifPresent(uri -> objects.putIfAbsent(row.fileId(), object(row, uri)));
    }
    int page = request.page();
    tools.documents().writePage(ManifestRef.page(request.outputs(), page), rows);
    tools
        .documents()
        .writePage(ManifestRef.page(request.objects(), page), List.copyOf(objects.values()));
    String first = problems.isEmpty() ? "" : problems.get(0);
    return new CollectedPage(count, objects.size(), bytes, problems.size(), first);
  }

  private static OutputFile object(TaskOutput row, S3Uri uri) {
    return new OutputFile(uri, row.fileId(), row.sizeBytes(), "", Optional.empty());
  }

  private static TaskOutput at(TaskOutput row, Map<String, S3Uri> exported) {
    return new TaskOutput(
        row.sample(),
        row.taskId(),
        row.port(),
        row.fileId(),
        row.name(),
        row.sizeBytes(),
        row.uri().or(() -> Optional.ofNullable(exported.get(row.fileId()))),
        row.app(),
        row.revision(),
        row.status());
  }

  private S3Uri underWay() {
    return ManifestRef.page(new S3Uri(request.objects().value() + "exports-"), request.page());
  }
}
