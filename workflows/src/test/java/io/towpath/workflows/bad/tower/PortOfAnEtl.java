package io.towpath.workflows.bad.tower;

import io.temporal.activity.ActivityInterface;
import io.towpath.workflows.bad.progress.SharedButNot;
import org.jspecify.annotations.Nullable;

/** A port that is a class, has no prefix, and sees more than values. */
@ActivityInterface
public abstract class PortOfAnEtl {
  @Nullable SharedButNot above;
}
