package io.towpath.starter.command;

import io.towpath.starter.exit.ExitCode;
import io.towpath.starter.json.Json;
import io.towpath.starter.kind.JsonSchema;
import io.towpath.starter.kind.Kind;
import io.towpath.starter.kind.KindScreen;
import io.towpath.starter.kind.Kinds;
import io.towpath.starter.terminal.Surroundings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Says what an ETL takes, does and needs. */
@Command(
    name = "describe",
    description = "Says what an ETL takes, does and needs; -o json is a JSON Schema.",
    footer = {"", "Example: towpath describe round-trip"})
public final class DescribeCommand implements Callable<Integer>, Answering {
  private final Surroundings around;

  @Parameters(
      paramLabel = "KIND",
      description = "The ETL: round-trip, cavatica-drs or manifest-scan.")
  private String kindName;

  @Mixin private AnswerForm form;

  public DescribeCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    Kind kind = Kinds.named(kindName);
    around.answers().line(inJson() ? Json.document(JsonSchema.of(kind)) : KindScreen.of(kind));
    return ExitCode.DONE;
  }

  @Override
  public boolean inJson() {
    return form.inJson();
  }
}
