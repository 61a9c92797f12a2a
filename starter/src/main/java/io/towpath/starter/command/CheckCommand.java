package io.towpath.starter.command;

import io.towpath.starter.exit.ExitCode;
import io.towpath.starter.json.Json;
import io.towpath.starter.request.RequestFile;
import io.towpath.starter.screen.PlanScreen;
import io.towpath.starter.terminal.Surroundings;
import io.towpath.workflows.plan.Plan;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says everything that stands in a request's way; reads only. */
@Command(
    name = "check",
    description = "Checks a request, and live what it needs; all problems at once.",
    footer = {"", "Example: towpath check round-trip -f request.yaml"})
public final class CheckCommand implements Callable<Integer>, Answering {
  private final Surroundings around;

  @Mixin private RequestOptions request;

  @Mixin private AnswerForm form;

  public CheckCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    RequestFile file = request.read(around.in());
    Plan plan = new Planning(around).plan(request.kind(), file.name(), file.request());
    Planning.refuseConflict(plan);
    around.answers().line(inJson() ? Json.document(plan) : PlanScreen.checked(file.name(), plan));
    return ExitCode.DONE;
  }

  @Override
  public boolean inJson() {
    return form.inJson();
  }
}
