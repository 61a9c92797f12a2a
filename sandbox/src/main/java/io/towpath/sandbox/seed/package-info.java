/** What a new sandbox holds: real reads, sheets of them, and a pipeline that summarises them. */
@NullMarked
package io.towpath.sandbox.seed;

import org.jspecify.annotations.NullMarked;
