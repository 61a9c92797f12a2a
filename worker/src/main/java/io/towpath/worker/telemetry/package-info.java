/** What a worker tells operators of itself: metrics, traces and logs. */
@NullMarked
package io.towpath.worker.telemetry;

import org.jspecify.annotations.NullMarked;
