package io.towpath.activities.synapse;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.submit.Hidden;
import io.towpath.activities.submit.Once;
import io.towpath.activities.submit.SubmitOnce;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.ledger.Claim;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Makes single folders; the only writer of an index's folders. */
final class FolderMaker {
  private static final String TYPE = "org.sagebionetworks.repo.model.Folder";

  private final SynapseClient client;
  private final SubmitOnce submit;
  private final Claim claim;

  FolderMaker(SynapseClient client, SubmitOnce submit, Claim claim) {
    this.client = client;
    this.submit = submit;
    this.claim = claim;
  }

  /** The id of a folder that was not there when its parent was listed. */
  String make(String parentId, String name) {
    AtomicBoolean listed = new AtomicBoolean(true);
    return submit.submit(
        new Once<>(
            claim,
            "folder",
            parentId + "/" + name,
            () -> listed.getAndSet(false) ? Optional.empty() : find(parentId, name),
            () -> send(parentId, name)));
  }

  /** The id of the folder at this path, made where it is missing. */
  String ensure(String parentId, String path) {
    String at = parentId;
    for (String name : path.split("/", -1)) {
      String parent = at;
      at =
          submit.submit(
              new Once<>(
                  claim,
                  "folder",
                  parent + "/" + name,
                  () -> find(parent, name),
                  () -> send(parent, name)));
    }
    return at;
  }

  private Optional<String> find(String parentId, String name) {
    Optional<String> id = client.child(parentId, name);
    id.ifPresent(found -> requireFolder(found, name));
    return id;
  }

  private void requireFolder(String id, String name) {
    JsonNode entity = client.entity(id);
    if (!entity.path("concreteType").asText("").equals(TYPE)) {
      throw new PlatformException(
          FailureKind.CONFLICT,
          "the folder \"" + name + "\" cannot be made: " + id + " has its name and is no folder");
    }
  }

  private String send(String parentId, String name) {
    try {
      return SynapseClient.required(
          client.createEntity(
              SynapseClient.object()
                  .put("concreteType", TYPE)
                  .put("name", name)
                  .put("parentId", parentId)),
          "id");
    } catch (PlatformException e) {
      if (e.status() != 409) {
        throw e;
      }
      return find(parentId, name).orElseThrow(() -> Hidden.because(e));
    }
  }
}
