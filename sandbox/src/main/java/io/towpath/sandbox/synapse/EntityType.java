package io.towpath.sandbox.synapse;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The entity types that the stand-in keeps, with the names that Synapse gives them. */
enum EntityType {
  PROJECT("project", "org.sagebionetworks.repo.model.Project", true, false, List.of("alias")),
  FOLDER("folder", "org.sagebionetworks.repo.model.Folder", true, false, List.of()),
  FILE("file", "org.sagebionetworks.repo.model.FileEntity", false, true, List.of()),
  LINK(
      "link",
      "org.sagebionetworks.repo.model.Link",
      false,
      false,
      List.of("linksTo", "linksToClassName")),
  TABLE(
      "table",
      "org.sagebionetworks.repo.model.table.TableEntity",
      false,
      true,
      List.of("columnIds", "isSearchEnabled")),
  ENTITY_VIEW(
      "entityview",
      "org.sagebionetworks.repo.model.table.EntityView",
      false,
      true,
      List.of("columnIds", "isSearchEnabled", "viewTypeMask", "type", "scopeIds")),
  DATASET(
      "dataset",
      "org.sagebionetworks.repo.model.table.Dataset",
      false,
      true,
      List.of("columnIds", "isSearchEnabled", "items"));

  private final String shortName;
  private final String concreteType;
  private final boolean container;
  private final boolean versionable;
  private final List<String> ownFields;

  EntityType(
      String shortName,
      String concreteType,
      boolean container,
      boolean versionable,
      List<String> ownFields) {
    this.shortName = shortName;
    this.concreteType = concreteType;
    this.container = container;
    this.versionable = versionable;
    this.ownFields = ownFields;
  }

  String shortName() {
    return shortName;
  }

  String concreteType() {
    return concreteType;
  }

  boolean isContainer() {
    return container;
  }

  boolean isVersionable() {
    return versionable;
  }

  /** Whether the type can be queried with SQL. */
  boolean isTable() {
    return this == TABLE || this == ENTITY_VIEW || this == DATASET;
  }

  /** Fields beyond those that all entities or all versionable ones have. */
  List<String> ownFields() {
    return ownFields;
  }

  static Optional<EntityType> ofConcreteType(String concreteType) {
    return Arrays.stream(values()).filter(t -> t.concreteType.equals(concreteType)).findFirst();
  }

  static Optional<EntityType> ofShortName(String shortName) {
    return Arrays.stream(values()).filter(t -> t.shortName.equals(shortName)).findFirst();
  }
}
