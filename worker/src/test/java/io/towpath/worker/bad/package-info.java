/** What the house rules forbid: {@code HouseRulesCatchTest} shows that they see it. */
@NullMarked
package io.towpath.worker.bad;

import org.jspecify.annotations.NullMarked;
