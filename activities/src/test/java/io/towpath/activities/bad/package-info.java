/**
 * What the rules of this module forbid, each once: {@code ArchitectureRulesTest} shows that they
 * see it.
 */
@NullMarked
package io.towpath.activities.bad;

import org.jspecify.annotations.NullMarked;
