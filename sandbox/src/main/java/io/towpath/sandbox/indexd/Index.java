package io.towpath.sandbox.indexd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Every record and bundle; guarded by its own lock. */
final class Index {
  final IndexdSettings settings;
  final TreeMap<String, IndexRecord> records = new TreeMap<>();
  final TreeMap<String, ObjectNode> bundles = new TreeMap<>();
  private final Map<String, Long> serials = new HashMap<>();
  boolean knowsDates = true;
  private long last;

  Index(IndexdSettings settings) {
    this.settings = settings;
  }

  Instant now() {
    return settings.clock().instant();
  }

  String newDid() {
    return settings.prefix() + UUID.randomUUID();
  }

  static String newRev() {
    return UUID.randomUUID().toString().substring(0, 8);
  }

  /** Adds a record; its did, when it brings one, must be free. */
  IndexRecord add(JsonNode body, String baseid, Instant shownFrom) {
    String did = body.path("did").asText(newDid());
    if (records.containsKey(did)) {
      throw Refusals.conflict("did \"" + did + "\" already exists");
    }
    RecordRules.urlsKnown(body.path("urls_metadata"), body.path("urls"));
    IndexRecord record = new IndexRecord(did, baseid, newRev(), body, now(), shownFrom);
    records.put(did, record);
    serials.put(did, ++last);
    return record;
  }

  /** A record by exactly this did. */
  IndexRecord exact(String did) {
    return Optional.ofNullable(records.get(did))
        .orElseThrow(() -> Refusals.missing(Refusals.NO_RECORD));
  }

  /** A record by its did, with the prefix or without it. */
  Optional<IndexRecord> find(String did) {
    return Optional.ofNullable(records.get(did))
        .or(() -> Optional.ofNullable(records.get(otherForm(did))));
  }

  Optional<ObjectNode> bundle(String id) {
    return Optional.ofNullable(bundles.get(id))
        .or(() -> Optional.ofNullable(bundles.get(otherForm(id))));
  }

  private String otherForm(String did) {
    String prefix = settings.prefix();
    return did.startsWith(prefix) ? did.substring(prefix.length()) : prefix + did;
  }

  Optional<IndexRecord> byAlias(String alias) {
    return records.values().stream().filter(one -> one.aliases.contains(alias)).findFirst();
  }

  /** Every version, oldest first, by a version's did or by what all have in common. */
  List<IndexRecord> versions(String didOrBaseid) {
    IndexRecord one = records.get(didOrBaseid);
    String baseid = one == null ? didOrBaseid : one.baseid;
    List<IndexRecord> versions =
        records.values().stream()
            .filter(record -> record.baseid.equals(baseid))
            .sorted(Comparator.comparing(record -> serials.getOrDefault(record.did, 0L)))
            .toList();
    if (versions.isEmpty()) {
      throw Refusals.missing(Refusals.NO_RECORD);
    }
    return versions;
  }
}
