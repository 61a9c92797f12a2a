package io.towpath.workflows.ledger;

/**
 * The right to make effects under a business key, held by one run. Handed to every activity that
 * makes an effect, which checks that it still stands directly before it acts.
 *
 * @param businessKey the workflow id that is the business key
 * @param generation from 1; counts intended reruns only
 * @param holder from 1; counts take-overs within the generation
 */
public record Claim(String businessKey, int generation, int holder) {}
