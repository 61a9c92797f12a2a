package io.towpath.activities.ledger;

import io.towpath.workflows.ledger.Claim;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The newest generation of a business key, as the ledger's entries tell it.
 *
 * @param businessKey the key
 * @param number from 1
 * @param digest spec digest of its claim
 * @param resolved the resolved request of its claim
 * @param holders everyone who held it, oldest first; the last one holds it
 * @param result its report, once it is recorded
 */
record Generation(
    String businessKey,
    int number,
    String digest,
    Map<String, Object> resolved,
    List<Holder> holders,
    Optional<Map<String, Object>> result) {

  Holder holder() {
    return holders.get(holders.size() - 1);
  }

  Claim claim() {
    return new Claim(businessKey, number, holders.size());
  }

  /** Whether it stopped before the end, where people or a later request go on. */
  boolean preliminary() {
    return result.filter(report -> Boolean.TRUE.equals(report.get("preliminary"))).isPresent();
  }

  /** The recorded outcome; a result without one counts as failed. */
  Optional<String> outcome() {
    return result.map(
        report -> report.get("outcome") instanceof String outcome ? outcome : "FAILED");
  }
}
