package io.towpath.activities.containers.aws;

import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * One account of AWS in one region.
 *
 * @param batch endpoint other than Amazon's ({@code AWS_ENDPOINT_URL_BATCH})
 * @param ecs the same ({@code AWS_ENDPOINT_URL_ECS})
 * @param logs the same ({@code AWS_ENDPOINT_URL_CLOUDWATCH_LOGS})
 * @param region empty asks the SDK's own chain
 * @param credentials who signs
 * @param logGroup group of CloudWatch Logs that ECS tasks write to
 */
public record AwsConnection(
    Optional<URI> batch,
    Optional<URI> ecs,
    Optional<URI> logs,
    Optional<String> region,
    AwsCredentialsProvider credentials,
    String logGroup) {
  public static final String LOG_GROUP = "/ecs/towpath";
}
