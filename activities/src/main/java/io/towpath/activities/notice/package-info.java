/** Brings people messages, by whatever a messenger stands for. */
@NullMarked
package io.towpath.activities.notice;

import org.jspecify.annotations.NullMarked;
