package io.towpath.activities.containers.docker;

/** The create of a container. */
class CreateExactlyOnceIT extends EngineExactlyOnce {
  CreateExactlyOnceIT() {
    super(EngineSandbox.CREATE);
  }
}
