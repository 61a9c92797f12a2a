package io.towpath.sandbox.synapse;

import io.towpath.sandbox.control.Stack;
import io.towpath.sandbox.s3.ObjectStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The whole state of one Synapse stand-in; its monitor is the lock under which calls run. */
final class Realm {
  /** Deterministic, so that a seed made twice has the same ids. */
  private static final long FIRST_ENTITY = 51_000_001;

  final SynapseSettings settings;
  final ObjectStore store;
  final EntityTree tree = new EntityTree(FIRST_ENTITY);
  final FileHandles handles = new FileHandles();
  final Activities activities = new Activities();
  final Messages messages = new Messages();
  final StorageLocations locations;
  final ProjectSettings projectSettings = new ProjectSettings();
  final Uploads uploads = new Uploads();
  final Columns columns = new Columns();
  final AsyncJobs jobs = new AsyncJobs();
  final Presigner presigner;
  final Stack stack = new Stack();

  Realm(ObjectStore store, SynapseSettings settings) {
    this.store = store;
    this.settings = settings;
    this.locations = new StorageLocations(settings.bucket());
    this.presigner = new Presigner(settings.base(), settings.clock());
  }

  Instant now() {
    return settings.clock().instant();
  }

  /** The entity, if it exists outside the trash and the caller may do this with it. */
  Node node(String anyId, SynapseAccount caller, AccessType access) {
    String id = EntityIds.normal(anyId);
    Node node = existing(id);
    if (tree.inTrash(node)) {
      throw Refusals.notFound("Entity " + id + " is in trash can.");
    }
    require(node, caller, access);
    return node;
  }

  /** The entity, in the trash or not. */
  Node existing(String id) {
    return tree.find(id)
        .orElseThrow(
            () ->
                Refusals.notFound(
                    "The resource you are attempting to access cannot be found: " + id));
  }

  void require(Node node, SynapseAccount caller, AccessType access) {
    if (!allowed(node, caller, access)) {
      throw Refusals.forbidden("You lack " + access + " access to the requested entity.");
    }
  }

  /** Projects are private to whoever made them; single entities may be closed further. */
  boolean allowed(Node node, SynapseAccount caller, AccessType access) {
    List<Node> path = tree.path(node);
    return !caller.isAnonymous()
        && path.get(0).createdBy.equals(caller.userId())
        && path.stream().noneMatch(ancestor -> ancestor.denied.contains(access));
  }

  Revision revision(Node node, long number) {
    Revision revision = node.revisions.get(number);
    if (revision == null) {
      throw Refusals.notFound(
          "Cannot find a node with id " + node.id.substring(3) + " and version " + number);
    }
    return revision;
  }

  boolean visible(Node node) {
    return !node.visibleFrom.isAfter(now());
  }

  Optional<FileHandle> fileOf(Revision revision) {
    return revision.fileHandleId.flatMap(handles::find);
  }

  /** Children that a listing shows this caller. */
  List<Node> listing(String parentId, SynapseAccount caller) {
    List<Node> shown = new ArrayList<>();
    for (Node child : tree.childrenOf(parentId)) {
      if (visible(child) && allowed(child, caller, AccessType.READ)) {
        shown.add(child);
      }
    }
    return shown;
  }
}
