/**
 * A stand-in of Seqera Platform (Nextflow Tower), API 1.187: its routes, rules, refusals and
 * limits.
 */
@NullMarked
package io.towpath.sandbox.seqera;

import org.jspecify.annotations.NullMarked;
