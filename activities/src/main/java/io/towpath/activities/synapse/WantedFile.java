package io.towpath.activities.synapse;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.synapse.AnnotationValue;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * A file as it shall be in Synapse.
 *
 * @param claim whose work it is
 * @param parentId folder that it lies in
 * @param target its path below the index's parent
 * @param object the object that it stands for
 * @param md5 lower-case hex MD5 of that object
 * @param sizeBytes size of that object, where it is known
 * @param storageLocationId storage location of the object's bucket; empty where Synapse keeps a
 *     copy of its own
 * @param activityId the activity that made it; empty where there is none
 * @param annotations what it shall say of itself, with whose work it is
 * @param sharedBelow how other business keys begin whose work it may replace; empty for none
 */
record WantedFile(
    Claim claim,
    String parentId,
    TargetPath target,
    S3Uri object,
    String md5,
    OptionalLong sizeBytes,
    OptionalLong storageLocationId,
    String activityId,
    Map<String, AnnotationValue> annotations,
    Optional<String> sharedBelow) {

  WantedFile {
    Map<String, AnnotationValue> all = new TreeMap<>(annotations);
    all.put(SeenFile.KEY_ANNOTATION, AnnotationValue.text(claim.businessKey()));
    annotations = all;
  }

  /** Whether nothing is left to do. */
  boolean isDone(SeenFile seen) {
    return isAt(seen) && isAnnotated(seen);
  }

  /** Whether the entity says everything that it shall; it may say more. */
  boolean isAnnotated(SeenFile seen) {
    for (Map.Entry<String, AnnotationValue> entry : annotations.entrySet()) {
      AnnotationValue value = seen.annotations().get(entry.getKey());
      if (value == null || !value.means(entry.getValue())) {
        return false;
      }
    }
    return true;
  }

  /** Whether the entity refers to these bytes in this place. */
  boolean isAt(SeenFile seen) {
    if (storageLocationId.isEmpty()) {
      return hasBytes(seen);
    }
    return hasBytes(seen)
        && seen.handle().flatMap(SeenFile.Handle::bucket).map(object.bucket()::equals).orElse(false)
        && seen.handle().flatMap(SeenFile.Handle::key).map(object.key()::equals).orElse(false);
  }

  /** Whether the entity refers to the same bytes, wherever they lie. */
  boolean hasBytes(SeenFile seen) {
    return seen.handle().flatMap(SeenFile.Handle::md5).map(md5::equals).orElse(false);
  }

  /** Fails with {@code CONFLICT} when what lies there is not ours to change. */
  void requireOurs(SeenFile seen) {
    String collision = collision(seen);
    if (!collision.isEmpty()) {
      throw new PlatformException(FailureKind.CONFLICT, collision);
    }
  }

  /** Why what lies there is not ours to change; empty when it is. */
  String collision(SeenFile seen) {
    String what = "\"" + target.path() + "\" is taken by " + seen.id();
    if (!seen.isFile()) {
      return what + ", which is of type " + seen.type();
    }
    String owner = seen.businessKey().orElse("");
    boolean ours = owner.equals(claim.businessKey());
    if (!owner.isEmpty() && !ours && sharedBelow.filter(owner::startsWith).isEmpty()) {
      return what
          + ", which belongs to "
          + owner
          + (sharedBelow.isEmpty()
              ? "; index.names.onCollision newVersion would go on with it"
              : "; file into another folder");
    }
    if (seen.handle().isEmpty()) {
      return what + ", which we may not download and so cannot compare";
    }
    return "";
  }
}
