package io.towpath.workflows.bad.model;

import io.towpath.workflows.bad.tower.PortOfAnEtl;
import org.jspecify.annotations.Nullable;

/** A value that knows who carries it. */
public final class KnowsAPort {
  @Nullable PortOfAnEtl port;
}
