package io.towpath.activities.containers.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.HashMap;

/** The one of the client library: it keeps what it is sent, and asks nobody who he is. */
final class MockApiServer implements ApiServer {
  private final KubernetesMockServer server =
      new KubernetesMockServer(
          new Context(),
          new MockWebServer(),
          new HashMap<>(),
          new KubernetesCrudDispatcher(),
          false);
  private final KubernetesClient admin;

  MockApiServer() {
    server.init();
    admin = server.createClient();
  }

  @Override
  public String namespace() {
    return "release";
  }

  @Override
  public KubernetesClient admin() {
    return admin;
  }

  @Override
  public Config worker() {
    return Config.empty();
  }

  @Override
  public Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), server.getPort());
  }

  @Override
  public void close() {
    admin.close();
    server.destroy();
  }
}
