package io.towpath.activities.synapse;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.glob.Globs;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.submit.Attempt;
import io.towpath.workflows.WorkflowIds;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.ledger.KeyState;
import io.towpath.workflows.model.SynapseId;
import io.towpath.workflows.synapse.ManifestSearch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Lists, compares with what is known, and looks at what seems to be new: one listing call for each
 * 50 children, one GET for each manifest that is new, none for those that are not.
 */
public final class ManifestSearchImpl implements ManifestSearch {
  private final SynapseConnections connections;
  private final KnownRuns runs;
  private final Supplier<Attempt> attempts;

  /**
   * @param attempts the attempt that a method is called in, {@code Attempt::ofActivity} in a worker
   */
  public ManifestSearchImpl(
      SynapseConnections connections, KnownRuns runs, Supplier<Attempt> attempts) {
    this.connections = connections;
    this.runs = runs;
    this.attempts = attempts;
  }

  @Override
  public FoundManifests findManifests(FindManifests request) {
    Attempt attempt = attempts.get();
    SynapseAccount account = connections.get(request.connection());
    account.user();
    requireFolder(request.folder(), account);
    Globs names = new Globs(request.names(), List.of());
    Map<String, SynapseId> hints = hints(request.folder(), names, account.client(), attempt);
    Set<String> entities = new TreeSet<>(hints.keySet());
    request.only().ifPresent(only -> entities.add(only.entity()));
    Map<String, KeyState> known = runs.states(entities, request.recipe(), attempt::heartbeat);
    Sorting sorting = new Sorting(request, names, known, account.client());
    request
        .only()
        .ifPresentOrElse(sorting::addTruth, () -> hints.values().forEach(sorting::addHint));
    return sorting.found(hints.size());
  }

  /** Manifests by entity as the listing has them, each with its newest version, oldest first. */
  private static Map<String, SynapseId> hints(
      SynapseId folder, Globs names, SynapseClient client, Attempt attempt) {
    Map<String, SynapseId> hints = new LinkedHashMap<>();
    Optional<String> token = Optional.empty();
    do {
      JsonNode page = client.children(folder.entity(), token);
      for (JsonNode child : page.path("page")) {
        if (child.path("type").asText("").endsWith(".FileEntity")
            && names.take(child.path("name").asText(""))) {
          SynapseId id = new SynapseId(child.path("id").asText(""));
          hints.put(id.entity(), id.atVersion(child.path("versionNumber").asLong(1)));
        }
      }
      attempt.heartbeat();
      token = Optional.ofNullable(page.path("nextPageToken").textValue());
    } while (token.isPresent());
    return hints;
  }

  private static void requireFolder(SynapseId folder, SynapseAccount account) {
    try {
      String type = account.client().entity(folder.entity()).path("concreteType").asText("");
      if (!type.endsWith(".Folder") && !type.endsWith(".Project")) {
        throw rejected(
            folder
                + " is of type "
                + type.substring(type.lastIndexOf('.') + 1)
                + "; expected the folder or project that manifests are put into");
      }
    } catch (PlatformException e) {
      if (e.status() == 404) {
        throw rejected(folder + " does not exist, or lies in the trash; expected a folder");
      }
      throw e;
    }
  }

  private static PlatformException rejected(String message) {
    return new PlatformException(FailureKind.INPUT_REJECTED, message);
  }

  /** Sorts manifests into those that are known and those that are new. */
  private final class Sorting {
    private final FindManifests request;
    private final Globs names;
    private final Map<String, KeyState> known;
    private final SynapseClient client;
    private final Set<String> running = new TreeSet<>();
    private final List<FoundManifest> unseen = new ArrayList<>();
    private Optional<String> ignored = Optional.empty();
    private int seen;
    private int refused;
    private int more;

    Sorting(FindManifests request, Globs names, Map<String, KeyState> known, SynapseClient client) {
      this.request = request;
      this.names = names;
      this.known = known;
      this.client = client;
      known.forEach(
          (key, state) -> {
            if (state == KeyState.OPEN && runs.underWay(key)) {
              running.add(key);
            }
          });
    }

    /** A manifest of the listing: only what seems to be new is worth a GET. */
    void addHint(SynapseId hint) {
      if (isKnown(hint)) {
        return;
      }
      if (unseen.size() == request.most()) {
        more++;
        return;
      }
      addTruth(hint);
    }

    void addTruth(SynapseId id) {
      FolderFile file = FolderFile.of(id.entity(), request.folder(), names, client);
      if (!file.manifest()) {
        ignored = request.only().map(only -> file.ignored());
      } else if (!isKnown(file.id())) {
        addUnseen(new FoundManifest(file.id(), file.name()));
      }
    }

    /** A run that has not claimed yet is under way all the same. */
    private void addUnseen(FoundManifest manifest) {
      String key = WorkflowIds.roundTrip(manifest.id().value(), request.recipe());
      if (runs.underWay(key)) {
        running.add(key);
        seen++;
      } else {
        unseen.add(manifest);
      }
    }

    private boolean isKnown(SynapseId id) {
      KeyState state = known.get(WorkflowIds.roundTrip(id.value(), request.recipe()));
      if (state == KeyState.REFUSED) {
        refused++;
      } else if (state != null) {
        seen++;
      }
      return state != null;
    }

    FoundManifests found(int listed) {
      return new FoundManifests(listed, seen, refused, running.size(), unseen, more, ignored);
    }
  }
}
