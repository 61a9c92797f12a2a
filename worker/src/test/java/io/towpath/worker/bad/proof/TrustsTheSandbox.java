package io.towpath.worker.bad.proof;

import io.towpath.sandbox.SandboxOptions;

final class TrustsTheSandbox {
  SandboxOptions options() {
    return SandboxOptions.forTests();
  }
}
