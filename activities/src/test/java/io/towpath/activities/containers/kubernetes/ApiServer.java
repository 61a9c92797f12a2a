package io.towpath.activities.containers.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.Socket;

/** An API server of Kubernetes that runs nothing, with a namespace for one test. */
interface ApiServer extends AutoCloseable {
  String namespace();

  /** One who may do everything. */
  KubernetesClient admin();

  /** Who the worker is there; its address is taken from whoever stands before the server. */
  Config worker();

  /** A connection for one call. */
  Socket connect() throws IOException;

  @Override
  void close();
}
