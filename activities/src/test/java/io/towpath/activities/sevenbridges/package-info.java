/** The adapter of Seven Bridges platforms, against the stand-in's real HTTP. */
@NullMarked
package io.towpath.activities.sevenbridges;

import org.jspecify.annotations.NullMarked;
