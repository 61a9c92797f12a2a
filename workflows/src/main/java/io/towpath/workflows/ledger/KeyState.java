package io.towpath.workflows.ledger;

/** What the ledger has of a business key, as far as a scan is concerned. */
public enum KeyState {
  /** Claimed, and its newest generation has no result: it runs, or its holder was terminated. */
  OPEN,
  /** Its newest generation has a result, whatever the outcome. */
  ENDED,
  /** Never claimed: a scan found that it fails its checks. */
  REFUSED
}
