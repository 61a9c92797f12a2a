package io.towpath.sandbox.drs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** What ids are minted for; published once, and never hidden again. */
final class Dataset {
  final String id;
  final String owner;
  final String name;
  final String version;
  final ObjectNode access;
  final Instant created;
  Instant modified;
  boolean visible;

  Dataset(String id, String owner, String name, String version, ObjectNode access, Instant now) {
    this.id = id;
    this.owner = owner;
    this.name = name;
    this.version = version;
    this.access = access;
    this.created = now;
    this.modified = now;
  }

  /** The form of recorded answers: the person who made it, and times without a {@code T}. */
  ObjectNode json() {
    ObjectNode json = Answers.object().put("id", id);
    Answers.authored(json, owner, created, modified);
    json.put("name", name).put("version", version).put("visible", visible);
    json.set("access", access.deepCopy());
    return json;
  }
}
