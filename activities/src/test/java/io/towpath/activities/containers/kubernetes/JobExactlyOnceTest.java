package io.towpath.activities.containers.kubernetes;

class JobExactlyOnceTest extends JobExactlyOnce {
  @Override
  ApiServer server() {
    return new MockApiServer();
  }
}
