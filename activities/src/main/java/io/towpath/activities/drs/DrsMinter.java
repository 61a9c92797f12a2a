package io.towpath.activities.drs;

import io.towpath.activities.submit.SubmitOnce;
import io.towpath.workflows.drs.DrsActivities.Published;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.Problem;
import java.util.List;
import java.util.Optional;

/**
 * One way to give files DRS ids, chosen by name. A minter says what it needs, makes an id at most
 * once, and names the server that resolves it. The registration that GA4GH drafts ({@code POST
 * /objects/register}, where {@code drs.objectRegistrationSupported} is true) would be one more: it
 * is looked up by {@code GET /objects/checksum/{checksum}}, as the one of this size and place that
 * has the object's digest for an alias, and sent as a {@code Once} like a record of indexd.
 */
interface DrsMinter {
  /** What this minter misses in a file; empty where it can mint it. */
  Optional<String> lack(MintFile file);

  /**
   * The file's id, made if there is none. Safe to repeat. Fails with {@code CONFLICT} when the id
   * stands for other bytes, and with {@code RUN_STUCK} when it may have been made and nobody can
   * tell.
   *
   * @param writtenOff how many sends an operator decided to take for never made
   */
  Minted mint(MintFile file, Claim claim, SubmitOnce submit, int writtenOff);

  /** How often the file was sent; counted only where that cannot be looked up. */
  default int sends(MintFile file, Claim claim) {
    return 0;
  }

  /** Where its ids resolve. */
  DrsClient server();

  /** Why it cannot be used; read-only. */
  List<Problem> inspect();

  /** Makes what was minted visible, if it is not from the beginning. May be repeated. */
  default Published publish(Claim claim) {
    return new Published("", true);
  }
}
