/** The commands of {@code towpath}, one class each. */
@NullMarked
package io.towpath.starter.command;

import org.jspecify.annotations.NullMarked;
