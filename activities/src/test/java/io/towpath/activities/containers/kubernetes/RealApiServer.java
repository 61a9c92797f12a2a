package io.towpath.activities.containers.kubernetes;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Objects;

/**
 * A real one, which {@code towpath.kubeconfig} names, without anything that runs jobs ({@code
 * deploy/kubernetes-api.sh}). The worker has the rights that the deployment kit gives it.
 */
final class RealApiServer implements ApiServer {
  static final String PROPERTY = "towpath.kubeconfig";
  static final String WORKER = "towpath-worker";

  private final Config config =
      Objects.requireNonNull(
          Kubeconfig.contexts(Path.of(System.getProperty(PROPERTY))).get("default"));
  private final KubernetesClient admin = new KubernetesClientBuilder().withConfig(config).build();
  private final String namespace;
  private final Config worker;

  RealApiServer() {
    namespace =
        admin
            .namespaces()
            .resource(
                new NamespaceBuilder()
                    .withNewMetadata()
                    .withGenerateName("towpath-")
                    .endMetadata()
                    .build())
            .create()
            .getMetadata()
            .getName();
    admin
        .serviceAccounts()
        .inNamespace(namespace)
        .resource(
            new ServiceAccountBuilder().withNewMetadata().withName(WORKER).endMetadata().build())
        .create();
    Path rights =
        Path.of(System.getProperty("towpath.root"), "deploy", "kubernetes", "jobs", "rights.yaml");
    try (InputStream yaml = Files.newInputStream(rights)) {
      admin.load(yaml).inNamespace(namespace).create();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    worker = new ConfigBuilder(Config.empty()).withOauthToken(token()).build();
    await().atMost(Duration.ofSeconds(30)).until(this::workerMayMakeSecrets);
  }

  /** Rights count once the server has seen them itself. */
  private boolean workerMayMakeSecrets() {
    return admin
        .authorization()
        .v1()
        .subjectAccessReview()
        .create(
            new SubjectAccessReviewBuilder()
                .withNewSpec()
                .withUser("system:serviceaccount:" + namespace + ":" + WORKER)
                .withNewResourceAttributes()
                .withNamespace(namespace)
                .withResource("secrets")
                .withVerb("create")
                .endResourceAttributes()
                .endSpec()
                .build())
        .getStatus()
        .getAllowed();
  }

  private String token() {
    return admin
        .serviceAccounts()
        .inNamespace(namespace)
        .withName(WORKER)
        .tokenRequest(
            new TokenRequestBuilder().withNewSpec().withExpirationSeconds(3_600L).endSpec().build())
        .getStatus()
        .getToken();
  }

  @Override
  public String namespace() {
    return namespace;
  }

  @Override
  public KubernetesClient admin() {
    return admin;
  }

  @Override
  public Config worker() {
    return worker;
  }

  @Override
  public Socket connect() throws IOException {
    URI url = URI.create(config.getMasterUrl());
    try {
      return SSLUtils.sslContext(config)
          .getSocketFactory()
          .createSocket(url.getHost(), url.getPort());
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    admin.namespaces().withName(namespace).delete();
    admin.close();
  }
}
