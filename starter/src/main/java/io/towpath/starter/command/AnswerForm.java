package io.towpath.starter.command;

import picocli.CommandLine.Option;

/** The option of commands that answer people, or in JSON. */
final class AnswerForm {
  @Option(
      names = {"-o", "--output"},
      defaultValue = "text",
      paramLabel = "text|json",
      description = "Form of the answer.")
  private Answer answer;

  boolean inJson() {
    return answer != Answer.TEXT;
  }
}
