/** Tests of the Docker API's adapter. */
@NullMarked
package io.towpath.activities.containers.docker;

import org.jspecify.annotations.NullMarked;
