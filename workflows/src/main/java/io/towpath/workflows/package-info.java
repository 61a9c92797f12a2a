/**
 * What all ETLs share: identities, activity policies, task queues, search attributes and the data
 * converter.
 */
@NullMarked
package io.towpath.workflows;

import org.jspecify.annotations.NullMarked;
