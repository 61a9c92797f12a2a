package io.towpath.activities.drs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.http.RateBudget;
import io.towpath.activities.submit.Effect;
import io.towpath.activities.submit.SubmitLedger;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.RunKey;
import io.towpath.workflows.model.SpecDigest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * One object of a dataset, which only the ledger remembers, under the dataset and the object and
 * not under the claim: so all sheets of a dataset share one memory.
 */
final class DatasetMint implements Effect<Minted> {
  private final Claim claim;
  private final String step;
  private final RunKey key;
  private final ObjectNode body;
  private final CavaticaServer cavatica;
  private final SubmitLedger mints;
  private final Outage outage;
  private final int writtenOff;

  /** What an effect works with. */
  record Tools(CavaticaServer cavatica, SubmitLedger mints, Outage outage) {}

  DatasetMint(Claim claim, String step, ObjectNode body, int writtenOff, Tools tools) {
    this.claim = claim;
    this.step = step;
    this.key = key(step);
    this.body = body;
    this.writtenOff = writtenOff;
    this.cavatica = tools.cavatica();
    this.mints = tools.mints();
    this.outage = tools.outage();
  }

  static RunKey key(String step) {
    return RunKey.of("mint", step, "", SpecDigest.of(Map.of()), 1);
  }

  @Override
  public Claim claim() {
    return claim;
  }

  @Override
  public String step() {
    return step;
  }

  @Override
  public RunKey key() {
    return key;
  }

  @Override
  public boolean canDouble() {
    return true;
  }

  @Override
  public Duration horizon() {
    return Duration.ZERO;
  }

  @Override
  public int writtenOff() {
    return writtenOff;
  }

  /** Also stops here during an outage, so that nothing is noted that will not be sent. */
  @Override
  public Optional<Minted> find() {
    Optional<Minted> known =
        mints
            .recordedId(claim, step, key)
            .or(() -> Optional.ofNullable(cavatica.unnoted().get(step)))
            .map(uri -> minted(uri, false));
    if (known.isEmpty()) {
      outage.requireNone();
    }
    return known;
  }

  @Override
  public Optional<RateBudget> quota() {
    return Optional.of(cavatica.client().quota());
  }

  @Override
  public Minted send() {
    try {
      String uri = cavatica.client().index(body);
      cavatica.unnoted().put(step, uri);
      outage.clear();
      return minted(uri, true);
    } catch (PlatformException e) {
      if (e.kind() == FailureKind.OUTCOME_UNKNOWN) {
        outage.unclear();
      }
      throw e;
    }
  }

  @Override
  public String idOf(Minted made) {
    return made.uri();
  }

  private static Minted minted(String uri, boolean fresh) {
    return new Minted(uri, uri.substring(uri.lastIndexOf('/') + 1), fresh);
  }
}
