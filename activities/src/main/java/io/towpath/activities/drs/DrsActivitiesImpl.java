package io.towpath.activities.drs;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.submit.Attempt;
import io.towpath.activities.submit.SubmitOnce;
import io.towpath.workflows.drs.DrsActivities;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import okhttp3.OkHttpClient;

/** Chooses the minter, mints a page of files, and resolves each id before it counts. */
public final class DrsActivitiesImpl implements DrsActivities {
  /** Names of the checksums that a request may ask to send. */
  private static final List<String> CHECKSUMS = List.of("md5", "etag", "sha256");

  /** So many unclear answers in a row end the first attempt at a page; later ones end sooner. */
  private static final int UNCLEAR_IN_A_ROW = 3;

  private final Map<String, DrsSite> sites = new TreeMap<>();
  private final DrsTools tools;

  /**
   * @param connections the named connections
   * @param http shared client, for its pool of connections
   */
  public DrsActivitiesImpl(
      Map<String, DrsConnection> connections, OkHttpClient http, DrsTools tools) {
    connections.forEach((name, one) -> sites.put(name, new DrsSite(http, one)));
    this.tools = tools;
  }

  @Override
  public String whoAmI(String connection) {
    return site(connection).greeting();
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
    return site(rules.connection()).minter(rules, tools.mints(), outage);
  }

  private DrsSite site(String connection) {
    DrsSite site = sites.get(connection);
    if (site == null) {
      throw new PlatformException(
          FailureKind.INPUT_REJECTED,
          "this worker has no DRS connection \"" + connection + "\"; it has: " + sites.keySet());
    }
    return site;
  }
}
