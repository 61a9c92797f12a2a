package io.towpath.activities.containers.aws;

/** The run of a task under its client token. */
class RunTaskExactlyOnceIT extends AwsExactlyOnce {
  RunTaskExactlyOnceIT() {
    super("ecs", AwsSandbox.RUN, "RegisterTaskDefinition");
  }
}
