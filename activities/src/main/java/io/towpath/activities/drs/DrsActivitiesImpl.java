package io.towpath.activities.drs;

import io.towpath.activities.submit.Attempt;
import io.towpath.activities.submit.SubmitOnce;
import io.towpath.workflows.drs.DrsActivities;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.Problem;
import java.util.ArrayList;
import java.util.List;

/** Chooses the minter, mints a page of files, and resolves each id before it counts. */
public final class DrsActivitiesImpl implements DrsActivities {
  /** Names of the checksums that a request may ask to send. */
  private static final List<String> CHECKSUMS = List.of("md5", "etag", "sha256");

  /** So many unclear answers in a row end the first attempt at a page; later ones end sooner. */
  private static final int UNCLEAR_IN_A_ROW = 3;

  private final DrsSites sites;
  private final DrsTools tools;

  public DrsActivitiesImpl(DrsSites sites, DrsTools tools) {
    this.sites = sites;
    this.tools = tools;
  }

  @Override
  public List<Problem> inspect(MintRules rules) {
    List<Problem> problems = new ArrayList<>();
    for (String type : rules.checksums()) {
      if (!CHECKSUMS.contains(type)) {
        problems.add(new Problem("drs.checksums", "\"" + type + "\" is none of " + CHECKSUMS));
      }
    }
    Asked asked = new Asked();
    asked.ask("drs.minter", () -> problems.addAll(minter(rules, new Outage(1)).inspect()));
    problems.addAll(asked.problems());
    return problems;
  }

  @Override
  public MintCounts mintPage(MintPage request) {
    Attempt attempt = tools.attempts().get();
    tools.mints().requireHeld(request.claim());
    Outage outage = new Outage(attempt.number() == 1 ? UNCLEAR_IN_A_ROW : 1);
    SubmitOnce submit = new SubmitOnce(tools.mints(), attempt.settle(tools.settle()));
    return new PageMinter(tools, request, minter(request.rules(), outage), submit).run(attempt);
  }

  @Override
  public Published publish(Claim claim, MintRules rules) {
    return minter(rules, new Outage(1)).publish(claim);
  }

  private DrsMinter minter(MintRules rules, Outage outage) {
    return sites.get(rules.connection()).minter(rules, tools.mints(), outage);
  }
}
