/** Port to whatever brings people a message. */
@NullMarked
package io.towpath.workflows.notice;

import org.jspecify.annotations.NullMarked;
