/**
 * One HTTP face per platform: routing, faults, limits and the journal, so that stand-ins only hold
 * their platform's rules.
 */
@NullMarked
package io.towpath.sandbox.http;

import org.jspecify.annotations.NullMarked;
