package io.towpath.starter.command;

import io.towpath.starter.exit.ExitCode;
import io.towpath.starter.json.Json;
import io.towpath.starter.kind.Kinds;
import io.towpath.starter.kind.Template;
import io.towpath.starter.request.RequestFile;
import io.towpath.starter.terminal.Surroundings;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints a minimal request to start from. */
@Command(
    name = "template",
    description = "Prints a minimal filled-in request, YAML with comments.",
    footer = {"", "Example: towpath template round-trip > request.yaml"})
public final class TemplateCommand implements Callable<Integer>, Answering {
  private final Surroundings around;

  @Parameters(
      paramLabel = "KIND",
      description = "The ETL: round-trip, cavatica-drs or manifest-scan.")
  private String kindName;

  @Option(
      names = {"-o", "--output"},
      defaultValue = "text",
      paramLabel = "text|json",
      description = "YAML with comments, or JSON.")
  private Answer answer;

  public TemplateCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    String yaml = Template.of(Kinds.named(kindName)).stripTrailing();
    around.answers().line(inJson() ? Json.document(read(yaml)) : yaml);
    return ExitCode.DONE;
  }

  private static Map<String, Object> read(String yaml) {
    return RequestFile.read("-", new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
        .request();
  }

  @Override
  public boolean inJson() {
    return answer != Answer.TEXT;
  }
}
