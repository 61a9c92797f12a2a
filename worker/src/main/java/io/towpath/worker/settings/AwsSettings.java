package io.towpath.worker.settings;

import io.towpath.activities.containers.aws.AwsConnection;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;

/**
 * Finds accounts of AWS under the SDK's own names: {@code AWS_REGION} and {@code
 * AWS_ENDPOINT_URL_BATCH} and its like; {@code AWS_PROFILE_LAB} with {@code AWS_REGION_LAB} is the
 * connection {@code lab}.
 */
public final class AwsSettings {
  private static final List<String> ENDPOINTS =
      List.of(
          "AWS_ENDPOINT_URL_BATCH",
          "AWS_ENDPOINT_URL_ECS",
          "AWS_ENDPOINT_URL_SECRETS_MANAGER",
          "AWS_ENDPOINT_URL_SSM",
          "AWS_ENDPOINT_URL");

  private AwsSettings() {}

  /**
   * Amazon's own, or what endpoints are named; a store of S3 elsewhere is no sign of an account.
   */
  public static Map<String, AwsConnection> read(
      Settings settings, AwsCredentialsProvider credentials) {
    Optional<String> region = settings.first("AWS_REGION", "AWS_DEFAULT_REGION");
    Map<String, AwsConnection> found = new TreeMap<>();
    boolean elsewhere = settings.first(ENDPOINTS.toArray(String[]::new)).isPresent();
    if (elsewhere || (region.isPresent() && settings.first("AWS_ENDPOINT_URL_S3").isEmpty())) {
      found.put(Settings.DEFAULT, account(settings, region, credentials));
    }
    settings
        .named("AWS_PROFILE")
        .forEach(
            (name, profile) -> {
              if (!name.equals(Settings.DEFAULT)) {
                Optional<String> own =
                    settings.first("AWS_REGION_" + name.toUpperCase(Locale.ROOT)).or(() -> region);
                found.put(name, account(settings, own, ProfileCredentialsProvider.create(profile)));
              }
            });
    return found;
  }

  private static AwsConnection account(
      Settings settings, Optional<String> region, AwsCredentialsProvider credentials) {
    if (region.isEmpty()) {
      settings.problem("AWS_REGION is not set: containers and secrets at AWS lie in a region");
    }
    Map<String, URI> endpoints = new TreeMap<>();
    for (String service : AwsConnection.SERVICES) {
      endpoint(settings, "AWS_ENDPOINT_URL_" + service)
          .ifPresent(endpoint -> endpoints.put(service, endpoint));
    }
    return new AwsConnection(
        endpoints,
        region,
        credentials,
        settings.first("TOWPATH_ECS_LOG_GROUP").orElse(AwsConnection.LOG_GROUP));
  }

  private static Optional<URI> endpoint(Settings settings, String name) {
    return settings.first(name, "AWS_ENDPOINT_URL").isPresent()
        ? Optional.of(settings.url("http://localhost", name, "AWS_ENDPOINT_URL"))
        : Optional.empty();
  }
}
