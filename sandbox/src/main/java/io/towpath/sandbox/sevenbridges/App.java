package io.towpath.sandbox.sevenbridges;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An app of a project with its revisions, which are counted from 0. */
final class App {
  /**
   * One state of the app's CWL.
   *
   * @param id of the app with the revision
   */
  record Revision(String id, int number, ObjectNode cwl, Instant created, String createdBy) {}

  private final String id;
  private final List<Revision> revisions = new ArrayList<>();
  private Optional<String> copyOf = Optional.empty();

  /**
   * An app without any revision yet.
   *
   * @param id {@code owner/project/name}
   */
  App(String id) {
    this.id = id;
  }

  String id() {
    return id;
  }

  String projectId() {
    return id.substring(0, id.lastIndexOf('/'));
  }

  String shortName() {
    return id.substring(id.lastIndexOf('/') + 1);
  }

  Revision add(ObjectNode cwl, Instant now, String user) {
    int number = revisions.size();
    String revisionId = id + "/" + number;
    ObjectNode own = cwl.deepCopy();
    own.put("id", revisionId).put("sbg:id", revisionId).put("sbg:revision", number);
    own.put("sbg:project", projectId()).put("sbg:createdBy", user);
    own.put("sbg:latestRevision", number);
    Revision revision = new Revision(revisionId, number, own, now, user);
    revisions.add(revision);
    return revision;
  }

  void setCopyOf(String revisionId) {
    copyOf = Optional.of(revisionId);
  }

  Revision latest() {
    return revisions.get(revisions.size() - 1);
  }

  List<Revision> revisions() {
    return List.copyOf(revisions);
  }

  Optional<Revision> revision(String number) {
    return revisions.stream()
        .filter(revision -> String.valueOf(revision.number()).equals(number))
        .findFirst();
  }

  ObjectNode json(Request request, Revision revision) {
    ObjectNode json = Fields.object().put("href", request.href("/apps/" + revision.id()));
    json.put("id", revision.id()).put("project", projectId());
    json.put("name", name(revision)).put("revision", revision.number());
    Fields.put(json, "copy_of", copyOf);
    json.put("latest_revision", latest().number());
    json.set("raw", revision.cwl().deepCopy());
    return json;
  }

  private String name(Revision revision) {
    return revision.cwl().path("label").asText(shortName());
  }
}
