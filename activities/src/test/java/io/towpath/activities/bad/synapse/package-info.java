/** Stands for the package of the same name. */
@NullMarked
package io.towpath.activities.bad.synapse;

import org.jspecify.annotations.NullMarked;
