package io.towpath.activities.samples;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.samples.AppInputs.AppInput;
import io.towpath.activities.samples.PlannedFiles.Planned;
import io.towpath.activities.samples.SheetPlan.PlannedSample;
import io.towpath.activities.samplesheet.ProblemList;
import io.towpath.activities.samplesheet.SheetRow;
import io.towpath.activities.samplesheet.Shortened;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.samples.SampleActivities.SamplesSeen;
import io.towpath.workflows.samples.SampleRules;
import io.towpath.workflows.samples.SampleTarget;
import io.towpath.workflows.samples.TaskInputs;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Tries out everything that a sheet will be used for, with stand-ins for ids. */
final class SampleInspection {
  private final PlatformView platform;
  private final SampleRules rules;
  private final SampleTarget target;
  private final ProblemList problems = new ProblemList();
  private final Expressions expressions = new Expressions(problems);
  private final List<String> warnings = new ArrayList<>();
  private final List<String> notChecked = new ArrayList<>();

  SampleInspection(PlatformView platform, SampleRules rules, SampleTarget target) {
    this.platform = platform;
    this.rules = rules;
    this.target = target;
  }

  SamplesSeen of(byte[] bytes, String name) {
    GroupedSheet sheet = GroupedSheet.of(bytes, name, rules, problems);
    SheetPlan plan = SheetPlan.of(sheet, rules, target, expressions);
    warnings.addAll(plan.warnings());
    AppCheck app = appCheck();
    if (!sheet.header().isEmpty()) {
      new TaskName(rules.taskName(), problems).check(sheet.header());
    }
    if (!rules.inputs().isEmpty()) {
      app.checkNames(rules.inputs().keySet(), "tasks.inputs");
      tryInputs(plan, new InputRules(rules, expressions, app));
    }
    VolumeCheck volume = new VolumeCheck(platform, target, problems);
    volume.check(plan.files()).ifPresent(notChecked::add);
    warnings.addAll(volume.warnings());
    return new SamplesSeen(
        sheet.rows(),
        plan.samples().size(),
        plan.files().size(),
        problems.all(),
        Shortened.warnings(warnings),
        notChecked);
  }

  private AppCheck appCheck() {
    Optional<AppInputs> app = rules.validateAgainstApp() ? readApp() : Optional.empty();
    Map<String, Object> suggested = new TreeMap<>();
    if (target.suggestedFiles() && app.isPresent()) {
      for (AppInput input : app.get().all()) {
        input
            .suggested()
            .filter(value -> input.suggestsFiles())
            .ifPresent(value -> suggested.put(input.id(), value));
      }
    }
    return new AppCheck(app, suggested, problems);
  }

  private Optional<AppInputs> readApp() {
    try {
      Optional<AppInputs> app = AppInputs.of(platform.app(target.connection(), target.app()));
      if (app.isEmpty()) {
        notChecked.add("the inputs of tasks: the CWL of " + target.app() + " names no inputs");
      }
      return app;
    } catch (PlatformException e) {
      if (e.kind() != FailureKind.INPUT_REJECTED && e.kind() != FailureKind.ACCESS_DENIED) {
        throw e;
      }
      problems.add("app.id", String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private void tryInputs(SheetPlan plan, InputRules inputs) {
    List<Planned> files = plan.files();
    for (PlannedSample sample : plan.samples()) {
      if (sample.right()) {
        List<SampleContext.Row> rows = new ArrayList<>();
        for (int i = 0; i < sample.files().size(); i++) {
          List<Long> numbers = sample.files().get(i);
          rows.add(
              new SampleContext.Row(
                  sample.rows().rows().get(i).values(),
                  numbers.stream().map(SampleInspection::standIn).toList(),
                  numbers.stream().map(n -> files.get(n.intValue()).address()).toList()));
        }
        SampleRows own = sample.rows();
        inputs
            .of(new SampleContext(own.id(), own.place(), rows))
            .ifPresent(made -> requireUse(sample, made));
      }
    }
  }

  /** Ids of files are 24 hex digits. */
  private static String standIn(long number) {
    return String.format(Locale.ROOT, "%024x", number);
  }

  private void requireUse(PlannedSample sample, TaskInputs made) {
    Set<Object> used = new HashSet<>();
    made.inputs().values().forEach(value -> collect(value, used));
    for (int i = 0; i < sample.files().size(); i++) {
      SheetRow row = sample.rows().rows().get(i);
      for (long number : sample.files().get(i)) {
        if (!used.contains(standIn(number))) {
          warnings.add("line " + row.line() + " names a file that no input of the task gets");
        }
      }
    }
  }

  private static void collect(Object value, Set<Object> used) {
    if (value instanceof List<?> list) {
      list.forEach(item -> collect(item, used));
    } else if (value instanceof Map<?, ?> map) {
      Object path = map.get("path");
      if (path != null) {
        used.add(path);
      }
      map.values().forEach(item -> collect(item, used));
    }
  }
}
