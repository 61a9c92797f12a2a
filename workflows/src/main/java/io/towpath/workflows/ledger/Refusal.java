package io.towpath.workflows.ledger;

/**
 * Why a scan did not start a manifest. Neither a claim nor a generation: only scans read it.
 *
 * @param message every problem, place first
 * @param by first run id of the scan that wrote it
 */
public record Refusal(String message, String by) {}
