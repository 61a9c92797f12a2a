/** What lies in {@code deploy/}, against the code that it deploys. */
@NullMarked
package io.towpath.worker.deploy;

import org.jspecify.annotations.NullMarked;
