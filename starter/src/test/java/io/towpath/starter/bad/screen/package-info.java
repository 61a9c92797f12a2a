/** What the rules of this module forbid: {@code ArchitectureRulesTest} shows that they see it. */
@NullMarked
package io.towpath.starter.bad.screen;

import org.jspecify.annotations.NullMarked;
