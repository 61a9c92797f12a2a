package io.towpath.activities.containers.aws;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * One account of AWS in one region.
 *
 * @param endpoints those that are not Amazon's own, by what follows {@code AWS_ENDPOINT_URL_} in
 *     the SDK's variable: one of {@link #SERVICES}
 * @param region empty asks the SDK's own chain
 * @param credentials who signs
 * @param logGroup group of CloudWatch Logs that ECS tasks write to
 */
public record AwsConnection(
    Map<String, URI> endpoints,
    Optional<String> region,
    AwsCredentialsProvider credentials,
    String logGroup) {
  public static final String LOG_GROUP = "/ecs/towpath";

  /** The services that are called. */
  public static final List<String> SERVICES =
      List.of("BATCH", "ECS", "CLOUDWATCH_LOGS", "SECRETS_MANAGER", "SSM");
}
