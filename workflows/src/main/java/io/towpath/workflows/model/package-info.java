/** Values that validate themselves: an instance is proof that its text is well formed. */
@NullMarked
package io.towpath.workflows.model;

import org.jspecify.annotations.NullMarked;
