/** The control port: journal of effects, counters, faults, plans and the seed's ids. */
@NullMarked
package io.towpath.sandbox.control;

import org.jspecify.annotations.NullMarked;
