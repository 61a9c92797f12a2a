package io.towpath.activities.configfile;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.outside.OpenInternet;
import io.towpath.activities.store.Digests;
import io.towpath.activities.store.S3Clients;
import io.towpath.activities.store.S3Documents;
import io.towpath.activities.submit.SubmitLedger;
import io.towpath.workflows.configfile.ConfigFile;
import io.towpath.workflows.configfile.ConfigFileActivities;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.model.S3Uri;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Fetches a file, hashes it and reads lists from it. */
public final class ConfigFileActivitiesImpl implements ConfigFileActivities {
  private final S3Documents documents;
  private final SubmitLedger ledger;
  private final ConfigFetch fetch;

  public ConfigFileActivitiesImpl(
      S3Clients s3, SubmitLedger ledger, OpenInternet internet, ConfigSource synapse) {
    this.documents = new S3Documents(s3.repeating());
    this.ledger = ledger;
    this.fetch = new ConfigFetch(documents, internet, synapse);
  }

  @Override
  public ReadConfig pin(PinConfig request) {
    String uri = fetch.pinned(request.connection(), request.uri());
    byte[] bytes = fetch.get(request.connection(), uri);
    String sha256 = Digests.sha256(bytes);
    List<Problem> problems = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    judge(request, uri, sha256, problems, warnings);
    Map<String, List<String>> items = lists(request, bytes, problems);
    return new ReadConfig(
        Optional.of(new ConfigFile(request.connection(), uri, sha256)), items, problems, warnings);
  }

  private void judge(
      PinConfig request, String uri, String sha256, List<Problem> problems, List<String> warnings) {
    if (request.sha256().isPresent() && !request.sha256().get().equals(sha256)) {
      problems.add(
          new Problem(
              "config.sha256",
              uri
                  + " has SHA-256 "
                  + sha256
                  + ", the request states "
                  + request.sha256().get()
                  + "; look at what changed, then state the new one"));
    } else if (request.sha256().isEmpty() && fetch.moves(uri)) {
      String what = "what lies at " + uri + " can change; it has SHA-256 " + sha256 + " now";
      if (request.allowMovingRef()) {
        warnings.add(what + ", and that was used");
      } else {
        problems.add(
            new Problem(
                "config.uri",
                what + ": name a commit, state config.sha256, or set config.allowMovingRef"));
      }
    }
  }

  private static Map<String, List<String>> lists(
      PinConfig request, byte[] bytes, List<Problem> problems) {
    Map<String, List<String>> items = new TreeMap<>();
    if (request.lists().isEmpty()) {
      return items;
    }
    ItemLists lists;
    try {
      lists = ItemLists.of(bytes);
    } catch (ItemLists.Unreadable e) {
      problems.add(new Problem("config.uri", request.uri() + " " + e.getMessage()));
      return items;
    }
    request
        .lists()
        .forEach(
            (step, path) -> {
              try {
                items.put(step, lists.at(path));
              } catch (ItemLists.Unreadable e) {
                problems.add(
                    new Problem(
                        "steps." + step + ".items.fromConfig",
                        request.uri() + " " + e.getMessage()));
              }
            });
    return items;
  }

  @Override
  public S3Uri store(Claim claim, ConfigFile config, S3Uri where) {
    byte[] bytes = fetch.get(config.connection(), config.uri());
    if (!Digests.sha256(bytes).equals(config.sha256())) {
      throw new PlatformException(
          FailureKind.INPUT_REJECTED,
          config.uri() + " has changed since it was pinned; start again to use it as it is now");
    }
    ledger.requireHeld(claim);
    documents.write(where, "application/yaml", bytes);
    return where;
  }
}
