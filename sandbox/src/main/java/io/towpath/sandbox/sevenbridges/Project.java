package io.towpath.sandbox.sevenbridges;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One project; its id is {@code owner/name}. */
final class Project {
  /**
   * What never changes of a project.
   *
   * @param rootFolder id of the folder that holds the project's files
   * @param visibleFrom when listings begin to show it
   */
  record Identity(
      String id, String createdBy, String rootFolder, Instant created, Instant visibleFrom) {}

  final Identity identity;
  final Map<String, Set<Permission>> members = new LinkedHashMap<>();
  String name;
  String billingGroup;
  Optional<String> description = Optional.empty();
  List<String> tags = List.of();
  ObjectNode settings = Fields.object();
  Instant modified;

  Project(Identity identity, String name, String billingGroup) {
    this.identity = identity;
    this.name = name;
    this.billingGroup = billingGroup;
    this.modified = identity.created();
  }

  String id() {
    return identity.id();
  }

  String owner() {
    return id().substring(0, id().indexOf('/'));
  }

  boolean allows(String user, Permission permission) {
    return members.getOrDefault(user, Set.of()).contains(permission);
  }
}
