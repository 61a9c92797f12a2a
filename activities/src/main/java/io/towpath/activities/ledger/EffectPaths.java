package io.towpath.activities.ledger;

import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.RunKey;
import io.towpath.workflows.model.S3Uri;

/** Where the notes about effects lie. */
interface EffectPaths {
  /** The note that a send was about to begin. */
  S3Uri intent(Claim claim, String step, RunKey key, int number);

  /** The platform's id of what was made. */
  S3Uri id(Claim claim, String step, RunKey key);
}
