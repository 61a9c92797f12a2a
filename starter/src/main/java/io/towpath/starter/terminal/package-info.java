/** What a command is started with: streams, environment, terminal, and what Ctrl-C says. */
@NullMarked
package io.towpath.starter.terminal;

import org.jspecify.annotations.NullMarked;
