package io.towpath.activities.sevenbridges;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.store.PageWriter;
import io.towpath.activities.store.S3Sandbox;
import io.towpath.activities.submit.MemoryLedger;
import io.towpath.activities.submit.Settles;
import io.towpath.sandbox.control.Fault;
import io.towpath.sandbox.control.Plans;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.RunKey;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.samples.TaskInputs;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.DraftTasks;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.DraftedTasks;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.RunPage;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.TaskOptions;
import io.towpath.workflows.sevenbridges.TaskCounts;
import io.towpath.workflows.sevenbridges.TaskState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** A project of its own with an app for tasks, and the adapter with a ledger of its own. */
final class TaskScene {
  static final String CREATE = "POST /tasks";
  static final String EDIT = "PATCH /tasks/{id}";
  static final String DELETE = "DELETE /tasks/{id}";
  static final String RUN = "POST /tasks/{id}/actions/run";
  static final String ABORT = "POST /tasks/{id}/actions/abort";
  static final String LIST = "GET /tasks";
  static final String BULK = "POST /bulk/tasks/get";
  static final Claim CLAIM = new Claim("cavatica-drs/ann/lab/syn1.1/tool", 1, 1);
  static final TaskOptions OPTIONS = new TaskOptions(true, false, 1, true);

  private static final int MOST_ATTEMPTS = 200;
  private static final AtomicInteger SCENES = new AtomicInteger();

  final SevenBridgesSandbox sandbox;
  final MemoryLedger ledger = new MemoryLedger();
  final SevenBridgesSandbox.HeldState memory = new SevenBridgesSandbox.HeldState();
  final Set<RunKey> wantedByOthers = new HashSet<>();
  final SevenBridgesActivitiesImpl activities;
  final String project;
  final String app;
  final String readWrite;
  final String reads;
  private int stored;

  TaskScene(SevenBridgesSandbox sandbox) {
    this.sandbox = sandbox;
    String name = "tasks-" + SCENES.incrementAndGet();
    project = sandbox.seed.project(name);
    readWrite =
        sandbox.seed.volume(
            name.replace('-', '_') + "_rw", SevenBridgesSandbox.BUCKET, "out", true);
    app = sandbox.seed.app(project, "tool", tool()) + "/0";
    reads = sandbox.seed.file(project, "reads.fq", "reads".getBytes(StandardCharsets.UTF_8));
    activities = new SevenBridgesActivitiesImpl(sandbox.accounts(), shared());
    sandbox.plans.clear();
    sandbox.time.fly(false);
    sandbox.forget();
  }

  private SevenBridgesTools shared() {
    return new SevenBridgesTools(
        sandbox.documents,
        ledger,
        sandbox.pages,
        (claim, inProject, keys) -> {
          Set<RunKey> shared = new HashSet<>(keys);
          shared.retainAll(wantedByOthers);
          return shared;
        },
        sandbox::attempt,
        Duration.ofMillis(300),
        Duration.ofMillis(1),
        memory);
  }

  /** The adapter's own tools, for what must not go through an activity. */
  TaskTools tools(Duration settle) {
    return new TaskTools(sandbox.account(), shared(), sandbox.attempt(), Settles.of(settle));
  }

  /** An app with every shape of output. */
  static ObjectNode tool() {
    return SevenBridgesSandbox.object(
        """
        {'class':'CommandLineTool','cwlVersion':'v1.2','label':'tool',
         'inputs':[{'id':'reads','type':'File[]'},{'id':'sample','type':'string'},
                   {'id':'base','type':'string?'},{'id':'depth','type':'int?'},
                   {'id':'log_name','type':'string?'}],
         'outputs':[{'id':'bam','type':'File','outputBinding':{'glob':'$(inputs.sample).bam'},
                     'secondaryFiles':['.bai']},
                    {'id':'parts','type':'File[]','outputBinding':{'glob':'*.part'}},
                    {'id':'nested','type':{'type':'array','items':
                                           {'type':'array','items':'File'}}},
                    {'id':'folder','type':'Directory'},{'id':'count','type':'int'},
                    {'id':'log','type':'File?','outputBinding':{'glob':'$(inputs.log_name)'}}]}
        """);
  }

  /** The line of a sample whose task is good to run. */
  TaskInputs line(String sample) {
    return line(sample, Map.of());
  }

  /** The same with more inputs, or other ones. */
  TaskInputs line(String sample, Map<String, Object> more) {
    Map<String, Object> inputs = new TreeMap<>();
    inputs.put("reads", List.of(Map.of("class", "File", "path", reads)));
    inputs.put("sample", sample);
    inputs.putAll(more);
    return new TaskInputs(sample, "tool - " + sample + " [" + TaskInputs.OP_KEY + "]", inputs);
  }

  DraftTasks request(String... samples) {
    List<TaskInputs> lines = new ArrayList<>();
    for (String sample : samples) {
      lines.add(line(sample));
    }
    return request(CLAIM, OPTIONS, lines);
  }

  DraftTasks request(Claim claim, TaskOptions options, List<TaskInputs> lines) {
    stored++;
    S3Uri work = S3Uri.of(S3Sandbox.BUCKET, project + "/" + stored + "/");
    PageWriter writer = sandbox.documents.writer(work.resolve("inputs/"), lines.size());
    lines.forEach(line -> writer.add(line, 0));
    return new DraftTasks(
        claim,
        "default",
        project,
        project,
        app,
        writer.finish(),
        options,
        false,
        work.resolve("tasks/"));
  }

  /** The same request in the generation that an intended rerun opened. */
  static DraftTasks again(DraftTasks request) {
    Claim next = new Claim(request.claim().businessKey(), request.claim().generation() + 1, 1);
    return new DraftTasks(
        next,
        request.connection(),
        request.scope(),
        request.project(),
        request.app(),
        request.inputs(),
        request.options(),
        true,
        request.result());
  }

  /** The first attempt at a sample's task. */
  TaskAttempt attempt(DraftTasks request, String sample) {
    return new TaskAttempt(WantedTask.of(request, line(sample)), 1, 1, false);
  }

  /** A draft that was made beside the adapter. */
  String draft(ObjectNode body) {
    return tasksClient().createDraft(body).path("id").asText();
  }

  RunPage page(DraftTasks request, DraftedTasks drafted) {
    return page(request, drafted, 100);
  }

  /** A page of which a quarter is news. */
  RunPage page(DraftTasks request, DraftedTasks drafted, int atOnce) {
    int news = (int) (drafted.tasks().rows() + 3) / 4;
    return new RunPage(request, drafted.tasks(), 0, atOnce, TaskCounts.NONE, news);
  }

  /** Runs a page until nothing goes on any more, a second between attempts. */
  TaskCounts runToEnd(DraftTasks request, DraftedTasks drafted) {
    return runToEnd(page(request, drafted));
  }

  TaskCounts runToEnd(RunPage page) {
    TaskCounts known = page.known();
    for (int attempt = 1; ; attempt++) {
      RunPage next =
          new RunPage(page.request(), page.tasks(), page.page(), page.atOnce(), known, page.news());
      try {
        known = activities.runTasks(next);
        memory.forget();
        if (known.ended()) {
          return known;
        }
      } catch (PlatformException e) {
        if (e.kind() != FailureKind.STILL_RUNNING || attempt == MOST_ATTEMPTS) {
          throw e;
        }
      }
      sandbox.pass(Duration.ofSeconds(1));
    }
  }

  /** The next counts that are news: what was asked a moment ago is not asked anew. */
  TaskCounts news(RunPage page) {
    for (int attempt = 1; ; attempt++) {
      try {
        return activities.runTasks(page);
      } catch (PlatformException e) {
        if (e.kind() != FailureKind.STILL_RUNNING || attempt == MOST_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  List<TaskState> lines(ManifestRef tasks) {
    List<TaskState> lines = new ArrayList<>();
    sandbox.documents.forEach(tasks, TaskState.class, lines::add);
    return lines;
  }

  TaskState line(DraftedTasks drafted) {
    return lines(drafted.tasks()).get(0);
  }

  TasksClient tasksClient() {
    return sandbox.account().tasks();
  }

  /** The task as the platform shows it. */
  TaskRow task(String id) {
    return tasksClient().task(id).map(TaskRow::of).orElseThrow();
  }

  boolean exists(String id) {
    return tasksClient().task(id).isPresent();
  }

  /** All tasks of the project, in the platform's order. */
  List<TaskRow> tasks() {
    return Page.all(offset -> tasksClient().tasks(project, TaskRow.LISTED, "", offset)).stream()
        .map(TaskRow::of)
        .toList();
  }

  /** How the next tasks with this in their names go on. */
  void plan(String match, int times, String... statuses) {
    List<Plans.Step> steps = new ArrayList<>();
    for (String status : statuses) {
      steps.add(
          new Plans.Step(status, Duration.ofMillis(500), JsonNodeFactory.instance.missingNode()));
    }
    sandbox.plans.add("sevenbridges", Pattern.compile(match), times, steps);
  }

  static Fault status(int code, String body) {
    return new Fault(
        Fault.Kind.STATUS, 0, 0, code, Map.of(), Optional.of(body.replace('\'', '"')), "");
  }

  /** Forgets calls, effects and the wait so far. */
  void forget() {
    sandbox.forget();
    memory.forget();
  }
}
