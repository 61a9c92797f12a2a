package io.towpath.workflows.drs;

import io.temporal.activity.ActivityInterface;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.model.S3Uri;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gives output files DRS ids: one id per object, of immutable bytes, the same id however often it
 * is asked for. Which server gives them is the minter's affair ({@code indexd}, {@code
 * cavatica-dataset}, {@code cavatica-implicit}, {@code synapse}).
 */
@ActivityInterface(namePrefix = "Drs")
public interface DrsActivities {
  /**
   * Looks whether the minter can be used: its server, dataset and rights. Read-only; lists every
   * problem.
   */
  List<Problem> inspect(MintRules rules);

  /**
   * Mints one page of {@link io.towpath.workflows.sevenbridges.TaskOutput} lines, remembers each
   * mint for the dataset in the ledger, resolves each id once and compares size and checksum;
   * stores one {@link MintedFile} line per output, in order. A file that cannot be minted or does
   * not resolve to its bytes has its error; the others go on. An answer that was lost where the
   * platform offers no look-up parks that file ({@link MintCounts#unclear}): it is never sent again
   * by itself. Safe to retry.
   */
  MintCounts mintPage(MintPage request);

  /**
   * Makes the dataset visible. Repeating it changes nothing. The caller holds the lease on {@code
   * drs/<dataset>} ({@code Lease.hold}).
   */
  Published publish(Claim claim, MintRules rules);

  /**
   * How ids are made.
   *
   * @param minter name of the back end
   * @param dataset name of the dataset that is minted for, or its id; empty where the minter knows
   *     none
   * @param version the dataset's version; empty likewise
   * @param checksums types to send where they are known: {@code md5}, {@code etag}, {@code sha256}
   * @param selfUriBase what ids begin with where we choose them, such as {@code drs://dg.4503:}
   */
  record MintRules(
      String connection,
      String minter,
      String dataset,
      String version,
      List<String> checksums,
      Optional<String> selfUriBase) {
    public MintRules {
      checksums = checksums == null ? List.of() : List.copyOf(checksums);
    }

    /**
     * Whether its ids stand for objects in S3: outputs must be exported and have checksums then.
     */
    public boolean needsObjects() {
      return !minter.equals("cavatica-implicit");
    }
  }

  /**
   * One page of outputs to mint.
   *
   * @param outputs pages of {@link io.towpath.workflows.sevenbridges.TaskOutput}
   * @param objects pages of {@link io.towpath.workflows.transfer.OutputFile} with checksums, whose
   *     {@code path} is a file id
   * @param filed pages of {@link io.towpath.workflows.synapse.IndexedFile}, for ids of Synapse
   * @param skipUnclear file ids whose unclear mint an operator decided to leave out
   * @param retryUnclear unclear mints that an operator decided to send again, as they were reported
   */
  record MintPage(
      Claim claim,
      MintRules rules,
      ManifestRef outputs,
      Optional<ManifestRef> objects,
      Optional<ManifestRef> filed,
      int page,
      S3Uri result,
      List<String> skipUnclear,
      List<UnclearMint> retryUnclear) {
    public MintPage {
      filed = filed == null ? Optional.empty() : filed;
      skipUnclear = skipUnclear == null ? List.of() : List.copyOf(skipUnclear);
      retryUnclear = retryUnclear == null ? List.of() : List.copyOf(retryUnclear);
    }
  }

  /**
   * How a page ended.
   *
   * @param minted ids that are new
   * @param existing ids that were there, from the ledger or the server
   * @param failed files without an id, or with one that does not resolve to them
   * @param unclear files whose mint may or may not have happened, at most 100; more of them count
   *     as failed until these are decided
   * @param firstError words of the first failure; empty where there is none
   */
  record MintCounts(
      int minted, int existing, int failed, List<UnclearMint> unclear, String firstError) {
    /** Nothing was minted yet. */
    public static final MintCounts NONE = new MintCounts(0, 0, 0, List.of(), "");

    public MintCounts {
      unclear = unclear == null ? List.of() : List.copyOf(unclear);
    }

    public MintCounts plus(MintCounts other) {
      List<UnclearMint> all = new ArrayList<>(unclear);
      all.addAll(other.unclear);
      return new MintCounts(
          minted + other.minted,
          existing + other.existing,
          failed + other.failed,
          all,
          firstError.isEmpty() ? other.firstError : firstError);
    }
  }

  /** The dataset, and whether it is visible now. */
  record Published(String datasetId, boolean visible) {}
}
