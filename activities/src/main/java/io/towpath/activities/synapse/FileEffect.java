package io.towpath.activities.synapse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.submit.Effect;
import io.towpath.activities.submit.Hidden;
import io.towpath.activities.submit.Once;
import io.towpath.activities.submit.SubmitLedger;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.RunKey;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One file brought to the state that is wanted: made, given a new version, pointed to where its
 * bytes lie now, or annotated in place. Cannot double: a name is unique in its folder, and an
 * update carries the etag that it was decided on.
 */
final class FileEffect implements Effect<FileEffect.Filed> {
  private static final int ROUNDS = 5;

  private final SynapseClient client;
  private final SubmitLedger ledger;
  private final WantedFile wanted;
  private final Function<WantedFile, String> upload;
  private Optional<SeenFile> seen;
  private boolean fresh = true;
  private @Nullable String handleId;

  /** The entity that stands for the file now, and its state, see {@link Stamp}. */
  record Filed(String id, long version, OptionalLong stamp) {
    static Filed of(SeenFile seen) {
      return new Filed(seen.id().entity(), seen.id().version().orElse(1), seen.stamp());
    }

    /** It was changed since, which nobody has looked at yet. */
    Filed changed() {
      return new Filed(id, version, OptionalLong.empty());
    }
  }

  /**
   * @param seen what a listing or an earlier look showed; the first look believes it
   * @param upload makes a handle for what has no storage location
   */
  FileEffect(
      SynapseClient client,
      SubmitLedger ledger,
      WantedFile wanted,
      Optional<SeenFile> seen,
      Function<WantedFile, String> upload) {
    this.client = client;
    this.ledger = ledger;
    this.wanted = wanted;
    this.seen = seen;
    this.upload = upload;
  }

  @Override
  public Claim claim() {
    return wanted.claim();
  }

  @Override
  public String step() {
    return "index";
  }

  @Override
  public RunKey key() {
    return Once.key(wanted.claim(), "index", wanted.target().path());
  }

  @Override
  public boolean canDouble() {
    return false;
  }

  @Override
  public Optional<Filed> find() {
    if (!fresh) {
      look();
    }
    fresh = false;
    return seen.filter(wanted::isDone).map(Filed::of);
  }

  @Override
  public Filed send() {
    for (int round = 1; ; round++) {
      try {
        return sendOnce();
      } catch (PlatformException e) {
        if ((e.status() != 409 && e.status() != 412) || round == ROUNDS) {
          throw e;
        }
        look();
        if (seen.isEmpty()) {
          throw Hidden.because(e);
        }
        if (seen.filter(wanted::isDone).isPresent()) {
          return Filed.of(seen.get());
        }
        ledger.requireHeld(wanted.claim());
      }
    }
  }

  @Override
  public String idOf(Filed made) {
    return made.id();
  }

  @Override
  public Duration horizon() {
    return Duration.ofDays(36_500);
  }

  private void look() {
    seen =
        client
            .child(wanted.parentId(), wanted.target().name())
            .map(id -> SeenFile.of(client.bundle(id, OptionalLong.empty())));
    seen.ifPresent(wanted::requireOurs);
  }

  private Filed sendOnce() {
    if (seen.isEmpty()) {
      return filed(client.createBundle(newBundle(), wanted.activityId()));
    }
    SeenFile old = seen.get();
    if (!wanted.hasBytes(old)) {
      return updated(old);
    }
    Filed filed = wanted.isAt(old) ? Filed.of(old) : relinked(old);
    if (!wanted.isAnnotated(old)) {
      ObjectNode bundle = SynapseClient.object();
      annotate(bundle.putObject("annotations").put("id", filed.id()));
      client.annotate(filed.id(), bundle);
      return filed.changed();
    }
    return filed;
  }

  private ObjectNode newBundle() {
    ObjectNode bundle = SynapseClient.object();
    bundle
        .putObject("entity")
        .put("concreteType", "org.sagebionetworks.repo.model.FileEntity")
        .put("name", wanted.target().name())
        .put("parentId", wanted.parentId())
        .put("dataFileHandleId", handle());
    annotate(bundle.putObject("annotations"));
    return bundle;
  }

  /** The same bytes in another place: no new version. */
  private Filed relinked(SeenFile old) {
    Filed filed = Filed.of(old).changed();
    String oldHandle = old.handle().map(SeenFile.Handle::id).orElse("");
    client.replaceHandle(filed.id(), filed.version(), oldHandle, handle());
    return filed;
  }

  private Filed updated(SeenFile old) {
    String id = old.id().entity();
    String newHandle = handle();
    JsonNode now = client.bundle(id, OptionalLong.empty());
    SeenFile current = SeenFile.of(now);
    if (wanted.isDone(current)) {
      return Filed.of(current);
    }
    ObjectNode bundle = SynapseClient.object();
    ObjectNode entity = now.path("entity").deepCopy();
    bundle.set("entity", entity.put("dataFileHandleId", newHandle));
    if (!wanted.isAnnotated(current)) {
      annotate(bundle.putObject("annotations").put("id", id));
    }
    return filed(client.updateBundle(id, bundle, wanted.activityId()));
  }

  private void annotate(ObjectNode annotations) {
    ObjectNode values = annotations.putObject("annotations");
    wanted
        .annotations()
        .forEach(
            (name, value) -> {
              ArrayNode texts = values.putObject(name).put("type", value.type()).putArray("value");
              value.values().forEach(texts::add);
            });
  }

  private static Filed filed(JsonNode bundle) {
    JsonNode entity = bundle.path("entity");
    return new Filed(
        SynapseClient.required(entity, "id"),
        Long.parseLong(SynapseClient.required(entity, "versionNumber")),
        Stamp.of(entity));
  }

  /** A handle for the object, made once for this effect. */
  private String handle() {
    if (handleId == null) {
      handleId =
          wanted.storageLocationId().isPresent()
              ? handleAt(wanted.storageLocationId().getAsLong())
              : upload.apply(wanted);
    }
    return handleId;
  }

  private String handleAt(long storageLocationId) {
    JsonNode handle =
        client.createS3Handle(
            SynapseClient.object()
                .put("concreteType", "org.sagebionetworks.repo.model.file.S3FileHandle")
                .put("bucketName", wanted.object().bucket())
                .put("key", wanted.object().key())
                .put("fileName", wanted.target().name())
                .put("contentType", ContentType.of(wanted.target().name()))
                .put("contentMd5", wanted.md5())
                .put("storageLocationId", storageLocationId));
    requireSize(handle.path("contentSize").asLong(-1));
    return SynapseClient.required(handle, "id");
  }

  /** Synapse takes the size from the object itself, so another size is another object. */
  private void requireSize(long found) {
    if (found >= 0 && wanted.sizeBytes().isPresent() && found != wanted.sizeBytes().getAsLong()) {
      throw new PlatformException(
          FailureKind.CHECKSUM_MISMATCH,
          wanted.object()
              + " has "
              + found
              + " bytes for Synapse and had "
              + wanted.sizeBytes().getAsLong()
              + " when it was listed; something still writes to it");
    }
  }
}
