/** Schedules as code: what a file wants, what the server has, and what to change. */
@NullMarked
package io.towpath.starter.schedule;

import org.jspecify.annotations.NullMarked;
