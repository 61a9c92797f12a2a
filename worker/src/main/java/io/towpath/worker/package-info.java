/** The process that hosts workflows and activities: settings, wiring, health, graceful drain. */
@NullMarked
package io.towpath.worker;

import org.jspecify.annotations.NullMarked;
