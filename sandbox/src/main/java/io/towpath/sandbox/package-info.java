/** The sandbox as a whole: its options, its life, its environment file. */
@NullMarked
package io.towpath.sandbox;

import org.jspecify.annotations.NullMarked;
