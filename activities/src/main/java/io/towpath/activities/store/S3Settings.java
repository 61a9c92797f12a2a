package io.towpath.activities.store;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * Where the object store is and how to sign in to it.
 *
 * @param endpoint a store other than Amazon's ({@code AWS_ENDPOINT_URL_S3}); addressed by path
 * @param region signing region; empty asks the SDK's own chain
 * @param credentials who signs
 */
public record S3Settings(
    Optional<URI> endpoint, Optional<String> region, AwsCredentialsProvider credentials) {

  /**
   * Signs with the keys that the environment names, else as the AWS CLI would: the SDK's default
   * chain.
   */
  public static S3Settings from(
      Map<String, String> environment, Optional<URI> endpoint, Optional<String> region) {
    return new S3Settings(endpoint, region, credentials(environment));
  }

  private static AwsCredentialsProvider credentials(Map<String, String> environment) {
    String id = environment.getOrDefault("AWS_ACCESS_KEY_ID", "");
    String secret = environment.getOrDefault("AWS_SECRET_ACCESS_KEY", "");
    String session = environment.getOrDefault("AWS_SESSION_TOKEN", "");
    if (id.isBlank() || secret.isBlank()) {
      return DefaultCredentialsProvider.builder().build();
    }
    return StaticCredentialsProvider.create(
        session.isBlank()
            ? AwsBasicCredentials.create(id, secret)
            : AwsSessionCredentials.create(id, secret, session));
  }
}
