package io.towpath.worker.bad.unmarked;

/** Its package has no package-info, on purpose. */
record Unmarked() {}
