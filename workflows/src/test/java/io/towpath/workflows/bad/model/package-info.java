/** Stands for the package of the same name. */
@NullMarked
package io.towpath.workflows.bad.model;

import org.jspecify.annotations.NullMarked;
