/** The {@code towpath} command: its entry point and what it is started with. */
@NullMarked
package io.towpath.starter;

import org.jspecify.annotations.NullMarked;
