/**
 * The whole of Towpath on one machine: sandbox, Temporal and worker as processes of this command.
 */
@NullMarked
package io.towpath.starter.demo;

import org.jspecify.annotations.NullMarked;
