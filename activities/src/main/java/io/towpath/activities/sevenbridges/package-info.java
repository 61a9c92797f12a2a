/** The adapter of Seven Bridges platforms such as CAVATICA. */
@NullMarked
package io.towpath.activities.sevenbridges;

import org.jspecify.annotations.NullMarked;
