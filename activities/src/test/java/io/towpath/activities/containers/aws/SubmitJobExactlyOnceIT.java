package io.towpath.activities.containers.aws;

/** The submit of a job, which AWS Batch would take any number of times. */
class SubmitJobExactlyOnceIT extends AwsExactlyOnce {
  SubmitJobExactlyOnceIT() {
    super("batch", AwsSandbox.SUBMIT, "POST /v1/registerjobdefinition");
  }
}
