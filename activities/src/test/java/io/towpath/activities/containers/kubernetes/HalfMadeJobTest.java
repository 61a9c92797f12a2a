package io.towpath.activities.containers.kubernetes;

class HalfMadeJobTest extends HalfMadeJob {
  @Override
  ApiServer server() {
    return new MockApiServer();
  }
}
