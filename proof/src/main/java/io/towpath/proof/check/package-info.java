/**
 * Checks what a run left behind: reads the sandbox's journal and the platforms' public APIs, and
 * shares no code or type with what it checks.
 */
@NullMarked
package io.towpath.proof.check;

import org.jspecify.annotations.NullMarked;
