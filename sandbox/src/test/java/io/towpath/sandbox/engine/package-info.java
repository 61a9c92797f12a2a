/** The engines, the real Nextflow among them. */
@NullMarked
package io.towpath.sandbox.engine;

import org.jspecify.annotations.NullMarked;
