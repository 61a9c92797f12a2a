/** Stage state in one place, published as query, search attributes and current details. */
@NullMarked
package io.towpath.workflows.progress;

import org.jspecify.annotations.NullMarked;
