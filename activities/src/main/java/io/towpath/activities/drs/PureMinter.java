package io.towpath.activities.drs;

import io.towpath.activities.submit.SubmitOnce;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.synapse.IndexedFile;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Ids that every file of a platform has without being minted: a function of the file's own id. An
 * id is new where filing the file made it.
 *
 * @param ownId the file's id there; empty where it has none
 * @param expected what has one, in words
 * @param uriBase what its ids begin with
 * @param ready asks whether the account can be used
 */
record PureMinter(
    Function<MintFile, Optional<String>> ownId,
    String expected,
    String uriBase,
    DrsClient server,
    Runnable ready)
    implements DrsMinter {
  @Override
  public Optional<String> lack(MintFile file) {
    return ownId.apply(file).isPresent()
        ? Optional.empty()
        : Optional.of("\"" + file.fileId() + "\" is not " + expected);
  }

  @Override
  public Minted mint(MintFile file, Claim claim, SubmitOnce submit, int writtenOff) {
    String id = ownId.apply(file).orElseThrow();
    return new Minted(uriBase + id, id, file.filed().filter(IndexedFile::made).isPresent());
  }

  @Override
  public List<Problem> inspect() {
    Asked asked = new Asked();
    asked.ask("drs.minter", ready);
    asked.ask("drs.minter", server::serviceInfo);
    return asked.problems();
  }
}
