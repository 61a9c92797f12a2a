/** The one mechanism that makes an effect on a platform exactly once. */
@NullMarked
package io.towpath.activities.submit;

import org.jspecify.annotations.NullMarked;
