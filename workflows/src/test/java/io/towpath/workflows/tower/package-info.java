/** What is told to Seqera Platform. */
@NullMarked
package io.towpath.workflows.tower;

import org.jspecify.annotations.NullMarked;
