package io.towpath.workflows.ledger;

import io.towpath.workflows.model.SpecDigest;
import java.util.Map;

/**
 * Asks for the claim of a business key.
 *
 * @param businessKey the workflow id that is the business key
 * @param digest what the run would do
 * @param resolved the resolved request behind the digest, for a field-by-field difference later
 * @param workflowId the id of the asking workflow
 * @param firstRunId first execution run id of the asking run: it survives reset and continue-as-new
 * @param rerun what a finished generation means
 * @param takeOver the operator's word that a holder in another namespace is dead
 * @param preliminary whether the asking run will stop before the end, where people go on
 */
public record ClaimRequest(
    String businessKey,
    SpecDigest digest,
    Map<String, Object> resolved,
    String workflowId,
    String firstRunId,
    Rerun rerun,
    boolean takeOver,
    boolean preliminary) {}
