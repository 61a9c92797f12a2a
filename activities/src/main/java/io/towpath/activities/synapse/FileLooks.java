package io.towpath.activities.synapse;

import io.towpath.activities.fanout.PageRunner;
import io.towpath.activities.outside.OutsideLook;
import io.towpath.workflows.model.SourceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks at files: with what their manifest says of them, else by asking for them. */
final class FileLooks {
  private static final Set<String> CHEAP = Set.of("", "https");

  /** Seven Bridges takes a third of the calls of Synapse, and an object of DRS costs two. */
  private static final int PLATFORM = 5;

  private final ManifestContent content;
  private final SynapseAccount account;
  private final Outside outside;
  private final PageRunner pages;
  private boolean asksForRights;
  private int left = Integer.MAX_VALUE;
  private int notYet;

  /** Looks at files that are not in Synapse, in order. */
  interface Outside {
    List<OutsideLook> look(List<SourceId> ids, Runnable heartbeat);
  }

  FileLooks(ManifestContent content, SynapseAccount account, Outside outside, PageRunner pages) {
    this.content = content;
    this.account = account;
    this.outside = outside;
    this.pages = pages;
  }

  /** Asks whether files may be downloaded of which the manifest speaks: it says nothing of that. */
  FileLooks askingForRights() {
    asksForRights = true;
    return this;
  }

  /** Looks with calls at so many files only; of the others nothing is known. */
  FileLooks atMost(int looks) {
    left = looks;
    return this;
  }

  /** The looks at some files, in their order. */
  List<FileLook> at(List<SourceId> ids, Runnable heartbeat) {
    Map<SourceId, FileLook> looks = told(ids, heartbeat);
    List<SourceId> asked = new ArrayList<>();
    for (SourceId id : ids) {
      if (!looks.containsKey(id) && mayCost(id)) {
        asked.add(id);
      }
    }
    looks.putAll(inSynapse(asked.stream().filter(FileLooks::isInSynapse).toList(), heartbeat));
    looks.putAll(elsewhere(asked.stream().filter(id -> !isInSynapse(id)).toList(), heartbeat));
    notYet += ids.size() - looks.size();
    return ids.stream().map(id -> looks.getOrDefault(id, FileLook.FINE)).toList();
  }

  private boolean mayCost(SourceId id) {
    int looks = CHEAP.contains(id.scheme()) ? 1 : PLATFORM;
    boolean may = left >= looks;
    left -= may ? looks : 0;
    return may;
  }

  /** How many files were not looked at. */
  int notYet() {
    return notYet;
  }

  private Map<SourceId, FileLook> told(List<SourceId> ids, Runnable heartbeat) {
    List<SourceId> told = new ArrayList<>();
    List<FileLook> looks = new ArrayList<>();
    for (SourceId id : ids) {
      Optional<FileLook> known = content.known().get(id.value());
      if (known.isPresent()) {
        told.add(id);
        looks.add(known.get());
      }
    }
    List<FileLook> checked =
        asksForRights ? new HandleCheck(account.client()).of(looks, heartbeat) : looks;
    return byId(told, checked);
  }

  private static boolean isInSynapse(SourceId id) {
    return id.synapse().isPresent();
  }

  private Map<SourceId, FileLook> inSynapse(List<SourceId> ids, Runnable heartbeat) {
    return byId(
        ids,
        pages.run(
            ids,
            ManifestFiles.AT_ONCE,
            id -> FileLook.at(id.synapse().orElseThrow(), account),
            progress -> heartbeat.run()));
  }

  private Map<SourceId, FileLook> elsewhere(List<SourceId> ids, Runnable heartbeat) {
    return byId(ids, outside.look(ids, heartbeat).stream().map(FileLook::of).toList());
  }

  private static Map<SourceId, FileLook> byId(List<SourceId> ids, List<FileLook> looks) {
    Map<SourceId, FileLook> byId = new HashMap<>();
    for (int i = 0; i < ids.size(); i++) {
      byId.put(ids.get(i), looks.get(i));
    }
    return byId;
  }
}
