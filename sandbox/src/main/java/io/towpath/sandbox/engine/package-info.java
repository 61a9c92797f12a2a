/**
 * What carries out launched runs: a simulation, a script, or the real Nextflow in a process of its
 * own.
 */
@NullMarked
package io.towpath.sandbox.engine;

import org.jspecify.annotations.NullMarked;
