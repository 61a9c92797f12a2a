/**
 * The port to the create-only ledger: claims, take-overs, outcomes and results that outlive
 * Temporal's retention.
 */
@NullMarked
package io.towpath.workflows.ledger;

import org.jspecify.annotations.NullMarked;
