/** Writes the JSON documents of {@code -o json}. */
@NullMarked
package io.towpath.starter.json;

import org.jspecify.annotations.NullMarked;
