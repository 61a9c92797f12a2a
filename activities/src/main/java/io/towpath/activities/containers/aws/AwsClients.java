package io.towpath.activities.containers.aws;

import io.towpath.activities.http.ApiClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * The clients of one connection, on one pool. None of them repeats a call: by default the SDK sends
 * a submit four times.
 */
final class AwsClients {
  private final SdkHttpClient http =
      Apache5HttpClient.builder()
          .connectionTimeout(Duration.ofSeconds(10))
          .socketTimeout(ApiClient.CALL_TIMEOUT)
          .build();
  private final AwsConnection connection;
  private final List<ExecutionInterceptor> seeing;

  /**
   * @param seeing see each call
   */
  AwsClients(AwsConnection connection, List<ExecutionInterceptor> seeing) {
    this.connection = connection;
    this.seeing = List.copyOf(seeing);
  }

  BatchClient batch() {
    return with(BatchClient.builder(), "BATCH").build();
  }

  EcsClient ecs() {
    return with(EcsClient.builder(), "ECS").build();
  }

  CloudWatchLogsClient logs() {
    return with(CloudWatchLogsClient.builder(), "CLOUDWATCH_LOGS").build();
  }

  SecretsManagerClient secretsManager() {
    return with(SecretsManagerClient.builder(), "SECRETS_MANAGER").build();
  }

  SsmClient parameters() {
    return with(SsmClient.builder(), "SSM").build();
  }

  private <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B with(
      B builder, String service) {
    B set =
        builder
            .httpClient(http)
            .credentialsProvider(connection.credentials())
            .overrideConfiguration(
                o ->
                    o.executionInterceptors(seeing)
                        .apiCallTimeout(ApiClient.CALL_TIMEOUT)
                        .retryStrategy(DefaultRetryStrategy.doNotRetry()));
    connection.region().map(Region::of).ifPresent(set::region);
    Optional.ofNullable(connection.endpoints().get(service)).ifPresent(set::endpointOverride);
    return set;
  }
}
