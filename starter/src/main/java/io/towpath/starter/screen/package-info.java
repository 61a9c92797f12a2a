/** What people see: stage lines, problem lists, reports, and how sizes and times are written. */
@NullMarked
package io.towpath.starter.screen;

import org.jspecify.annotations.NullMarked;
