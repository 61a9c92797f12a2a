package io.towpath.activities.synapse;

import io.towpath.activities.submit.SubmitLedger;
import io.towpath.activities.submit.SubmitOnce;
import io.towpath.workflows.synapse.IndexedFile;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** Files single objects in Synapse. */
final class FileIndexer {
  static final String CREATED = "created";
  static final String NEW_VERSION = "newVersion";
  static final String ANNOTATED = "annotated";
  static final String UNCHANGED = "unchanged";

  private final SynapseClient client;
  private final SubmitOnce submit;
  private final SubmitLedger ledger;
  private final Function<WantedFile, String> upload;

  /** Files objects where they lie. */
  FileIndexer(SynapseClient client, SubmitOnce submit, SubmitLedger ledger) {
    this(
        client,
        submit,
        ledger,
        wanted -> {
          throw new IllegalStateException(wanted.object() + " has no storage location");
        });
  }

  /**
   * @param upload makes a file handle of Synapse's own for what has no storage location
   */
  FileIndexer(
      SynapseClient client,
      SubmitOnce submit,
      SubmitLedger ledger,
      Function<WantedFile, String> upload) {
    this.client = client;
    this.submit = submit;
    this.ledger = ledger;
    this.upload = upload;
  }

  /**
   * Brings a file to the wanted state.
   *
   * @param before what was there before the claim's work: decides what the report calls it
   * @param now what is known to be there; a wrong belief costs calls and nothing else
   */
  IndexedFile index(WantedFile wanted, Optional<SeenFile> before, Optional<SeenFile> now) {
    FileEffect.Filed filed = submit.submit(new FileEffect(client, ledger, wanted, now, upload));
    long size =
        wanted
            .sizeBytes()
            .orElseGet(
                () -> now.flatMap(SeenFile::handle).map(SeenFile.Handle::sizeBytes).orElse(0L));
    return new IndexedFile(
        wanted.object(),
        filed.id(),
        filed.version(),
        wanted.md5(),
        size,
        wanted.target().path(),
        action(wanted, before),
        Stamp.seal(filed.stamp(), wanted));
  }

  /** What has the wanted name now; empty when nothing has. Fails if it is not ours to change. */
  Optional<SeenFile> look(WantedFile wanted) {
    return client.child(wanted.parentId(), wanted.target().name()).map(id -> ours(wanted, id));
  }

  /** What the entity is now. Fails with {@code CONFLICT} if it is not ours to change. */
  SeenFile ours(WantedFile wanted, String id) {
    SeenFile seen = SeenFile.of(client.bundle(id, OptionalLong.empty()));
    wanted.requireOurs(seen);
    return seen;
  }

  private static String action(WantedFile wanted, Optional<SeenFile> before) {
    if (before.isEmpty()) {
      return CREATED;
    }
    if (!wanted.hasBytes(before.get())) {
      return NEW_VERSION;
    }
    return wanted.isAnnotated(before.get()) ? UNCHANGED : ANNOTATED;
  }
}
