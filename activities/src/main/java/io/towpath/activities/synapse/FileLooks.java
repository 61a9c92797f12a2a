package io.towpath.activities.synapse;

import io.towpath.activities.fanout.PageRunner;
import io.towpath.activities.outside.Addresses;
import io.towpath.workflows.model.SourceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at files: with what their manifest says of them, else with a call for each. */
final class FileLooks {
  private final ManifestContent content;
  private final SynapseAccount account;
  private final Addresses addresses;
  private final PageRunner pages;
  private boolean asksForRights;
  private int left = Integer.MAX_VALUE;
  private int notYet;

  FileLooks(
      ManifestContent content, SynapseAccount account, Addresses addresses, PageRunner pages) {
    this.content = content;
    this.account = account;
    this.addresses = addresses;
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
    List<SourceId> asked = ids.stream().filter(id -> !looks.containsKey(id)).limit(left).toList();
    left -= asked.size();
    List<FileLook> seen =
        pages.run(asked, ManifestFiles.AT_ONCE, this::ask, progress -> heartbeat.run());
    for (int i = 0; i < asked.size(); i++) {
      looks.put(asked.get(i), seen.get(i));
    }
    notYet += ids.size() - looks.size();
    return ids.stream().map(id -> looks.getOrDefault(id, FileLook.FINE)).toList();
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
    Map<SourceId, FileLook> byId = new HashMap<>();
    for (int i = 0; i < told.size(); i++) {
      byId.put(told.get(i), checked.get(i));
    }
    return byId;
  }

  private FileLook ask(SourceId id) {
    return id.synapse()
        .map(entity -> FileLook.at(entity, account))
        .orElseGet(() -> FileLook.of(addresses.look(id)));
  }
}
