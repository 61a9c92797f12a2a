package io.towpath.activities.containers.aws;

import io.towpath.activities.secrets.SecretStore;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * Secrets of one account that the worker itself reads, its own and those for executors that AWS
 * does not serve: {@code aws-sm:} of Secrets Manager, {@code aws-ssm:} of the Parameter Store, by
 * name or ARN.
 */
public final class AwsSecretStore implements SecretStore {
  private final AwsConnection connection;
  private final List<ExecutionInterceptor> seeing;
  private @Nullable Clients clients;

  private record Clients(SecretsManagerClient manager, SsmClient parameters) {}

  /**
   * @param seeing see each call
   */
  public AwsSecretStore(AwsConnection connection, List<ExecutionInterceptor> seeing) {
    this.connection = connection;
    this.seeing = List.copyOf(seeing);
  }

  /** Made when the first secret is asked for: not every worker has a region. */
  private synchronized Clients clients() {
    Clients known = clients;
    if (known == null) {
      AwsClients some = new AwsClients(connection, seeing);
      known = new Clients(some.secretsManager(), some.parameters());
      clients = known;
    }
    return known;
  }

  @Override
  public boolean reads(String reference) {
    return reference.startsWith(AwsSecrets.MANAGER) || reference.startsWith(AwsSecrets.PARAMETERS);
  }

  @Override
  public String value(String reference) {
    String id = AwsSecrets.id(reference);
    Optional<String> value =
        Optional.ofNullable(
            reference.startsWith(AwsSecrets.MANAGER)
                ? AwsCall.repeatable(
                    "AWS Secrets Manager GetSecretValue",
                    () -> clients().manager().getSecretValue(r -> r.secretId(id)).secretString())
                : AwsCall.repeatable(
                    "AWS Systems Manager GetParameter",
                    () ->
                        clients()
                            .parameters()
                            .getParameter(r -> r.name(id).withDecryption(true))
                            .parameter()
                            .value()));
    return value.orElse("");
  }
}
