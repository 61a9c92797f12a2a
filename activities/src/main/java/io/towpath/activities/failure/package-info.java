/** The only place that sees both platform failures and Temporal's. */
@NullMarked
package io.towpath.activities.failure;

import org.jspecify.annotations.NullMarked;
