package io.towpath.sandbox.synapse;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The entity types that the stand-in keeps, with the names that Synapse gives them. */
enum EntityType {
  PROJECT("project", "Project"),
  FOLDER("folder", "Folder"),
  FILE("file", "FileEntity"),
  LINK("link", "Link"),
  TABLE("table", "table.TableEntity"),
  ENTITY_VIEW("entityview", "table.EntityView"),
  DATASET("dataset", "table.Dataset");

  private final String shortName;
  private final String concreteType;

  EntityType(String shortName, String className) {
    this.shortName = shortName;
    this.concreteType = "org.sagebionetworks.repo.model." + className;
  }

  String shortName() {
    return shortName;
  }

  String concreteType() {
    return concreteType;
  }

  boolean isContainer() {
    return this == PROJECT || this == FOLDER;
  }

  boolean isVersionable() {
    return this == FILE || isTable();
  }

  /** Whether the type can be queried with SQL. */
  boolean isTable() {
    return this == TABLE || this == ENTITY_VIEW || this == DATASET;
  }

  /** Fields beyond those that all entities or all versionable ones have. */
  List<String> ownFields() {
    return switch (this) {
      case PROJECT -> List.of("alias");
      case FOLDER, FILE -> List.of();
      case LINK -> List.of("linksTo", "linksToClassName");
      case TABLE -> List.of("columnIds", "isSearchEnabled");
      case ENTITY_VIEW ->
          List.of("columnIds", "isSearchEnabled", "viewTypeMask", "type", "scopeIds");
      case DATASET -> List.of("columnIds", "isSearchEnabled", "items");
    };
  }

  static Optional<EntityType> ofConcreteType(String concreteType) {
    return Arrays.stream(values()).filter(t -> t.concreteType.equals(concreteType)).findFirst();
  }

  static Optional<EntityType> ofShortName(String shortName) {
    return Arrays.stream(values()).filter(t -> t.shortName.equals(shortName)).findFirst();
  }
}
