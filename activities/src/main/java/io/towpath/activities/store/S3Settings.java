package io.towpath.activities.store;

import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/**
 * Where the object store is and how to sign in to it.
 *
 * @param endpoint a store other than Amazon's ({@code AWS_ENDPOINT_URL_S3}); addressed by path
 * @param region signing region; empty asks the SDK's own chain
 * @param credentials who signs
 */
public record S3Settings(
    Optional<URI> endpoint, Optional<String> region, AwsCredentialsProvider credentials) {

  /** Credentials from the SDK's default chain, as the AWS CLI finds them. */
  public static S3Settings withDefaultChain(Optional<URI> endpoint, Optional<String> region) {
    return new S3Settings(endpoint, region, DefaultCredentialsProvider.builder().build());
  }
}
