/** Messages to people. */
@NullMarked
package io.towpath.activities.notice;

import org.jspecify.annotations.NullMarked;
