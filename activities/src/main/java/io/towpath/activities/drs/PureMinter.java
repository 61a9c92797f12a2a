package io.towpath.activities.drs;

import io.towpath.activities.submit.SubmitOnce;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.Problem;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Ids that every file of a platform has without being minted: a function of the file's own id.
 *
 * @param form what a file's id looks like
 * @param expected the same in words
 * @param uriBase what its ids begin with
 * @param ready asks whether the account can be used
 */
record PureMinter(Pattern form, String expected, String uriBase, DrsClient server, Runnable ready)
    implements DrsMinter {
  @Override
  public Optional<String> lack(MintFile file) {
    return form.matcher(file.fileId()).matches()
        ? Optional.empty()
        : Optional.of("\"" + file.fileId() + "\" is not " + expected);
  }

  @Override
  public Minted mint(MintFile file, Claim claim, SubmitOnce submit, int writtenOff) {
    return new Minted(uriBase + file.fileId(), file.fileId(), false);
  }

  @Override
  public List<Problem> inspect() {
    Asked asked = new Asked();
    asked.ask("drs.minter", ready);
    asked.ask("drs.minter", server::serviceInfo);
    return asked.problems();
  }
}
