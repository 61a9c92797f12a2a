/**
 * Short read-only workflows through which the CLI, which holds no credentials, sees platforms and
 * ledger.
 */
@NullMarked
package io.towpath.workflows.plan;

import org.jspecify.annotations.NullMarked;
