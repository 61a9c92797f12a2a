/**
 * What the rules of this module forbid: {@code ArchitectureRulesTest} shows that they see all of
 * it.
 */
@NullMarked
package io.towpath.workflows.bad;

import org.jspecify.annotations.NullMarked;
