package io.towpath.activities.drs;

import io.towpath.activities.submit.Once;
import io.towpath.activities.submit.SubmitOnce;
import io.towpath.workflows.drs.DrsActivities.MintRules;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.Problem;
import java.util.List;
import java.util.Optional;

/**
 * Records in Gen3 indexd under dids that are a function of the object: a second record cannot be
 * made, and the server itself remembers the first.
 */
final class IndexdMinter implements DrsMinter {
  private final IndexdServer indexd;
  private final MintRules rules;

  IndexdMinter(IndexdServer indexd, MintRules rules) {
    this.indexd = indexd;
    this.rules = rules;
  }

  @Override
  public Optional<String> lack(MintFile file) {
    if (file.object().isEmpty()) {
      return Optional.of("it does not lie in S3; export outputs to give them ids");
    }
    return file.checksum(MintFile.MD5).isPresent()
        ? Optional.empty()
        : Optional.of("its MD5 is not known, which its did is made from");
  }

  @Override
  public Minted mint(MintFile file, Claim claim, SubmitOnce submit, int writtenOff) {
    ObjectIdentity object = ObjectIdentity.of(file, rules).orElseThrow();
    DidForm form = form();
    IndexdRecord record = new IndexdRecord(form.did(object.uuid()), file, object, rules);
    Sent sent = new Sent();
    submit.submit(
        new Once<>(
            claim,
            "drs",
            record.did(),
            () -> indexd.find(record),
            () -> {
              sent.yes = true;
              return indexd.add(record);
            }));
    return new Minted(form.uri(object.uuid()), record.did(), sent.yes);
  }

  /** Whether this call sent the record, also when the answer was lost. */
  private static final class Sent {
    private boolean yes;
  }

  @Override
  public DrsClient server() {
    return indexd.drs();
  }

  @Override
  public List<Problem> inspect() {
    Asked asked = new Asked();
    if (rules.selfUriBase().isPresent() && DidForm.of(rules.selfUriBase().get()).isEmpty()) {
      asked.problem(
          "drs.selfUriBase",
          "\""
              + rules.selfUriBase().get()
              + "\" is neither drs://prefix: nor drs://host/, such as drs://dg.4503:");
    } else {
      asked.ask("drs.minter", this::form);
    }
    asked.ask("drs.minter", () -> indexd.drs().serviceInfo());
    return asked.problems();
  }

  private DidForm form() {
    return rules.selfUriBase().flatMap(DidForm::of).orElseGet(indexd::form);
  }
}
