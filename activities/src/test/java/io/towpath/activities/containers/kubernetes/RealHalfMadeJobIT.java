package io.towpath.activities.containers.kubernetes;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@Tag("containers")
@EnabledIfSystemProperty(named = RealApiServer.PROPERTY, matches = ".+")
class RealHalfMadeJobIT extends HalfMadeJob {
  @Override
  ApiServer server() {
    return new RealApiServer();
  }
}
