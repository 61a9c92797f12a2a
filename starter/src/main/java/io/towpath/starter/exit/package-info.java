/** How commands end early: exit codes and the exception that carries one. */
@NullMarked
package io.towpath.starter.exit;

import org.jspecify.annotations.NullMarked;
