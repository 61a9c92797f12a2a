package io.towpath.activities.containers.docker;

/** The start of a container, whose repetition runs a program again that has ended. */
class StartExactlyOnceIT extends EngineExactlyOnce {
  StartExactlyOnceIT() {
    super(EngineSandbox.START);
  }
}
