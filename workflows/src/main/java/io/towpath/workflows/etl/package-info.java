/**
 * What every ETL shares: its conversation with operators, and the way from a request over ledger,
 * preflight and claim to the report.
 */
@NullMarked
package io.towpath.workflows.etl;

import org.jspecify.annotations.NullMarked;
