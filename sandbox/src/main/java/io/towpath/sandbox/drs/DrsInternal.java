package io.towpath.sandbox.drs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.Route;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code /drs-internal} of the Seven Bridges API: ids minted for datasets. Nothing can be looked
 * up: who lost the answer to a POST cannot learn which id it made. Served by the API's own port,
 * whose credentials and limits hold.
 */
public final class DrsInternal {
  private static final String DATASETS = "/drs-internal/datasets";
  private static final Set<String> KINDS = Set.of("REGISTERED", "CONTROLLED", "OPEN");

  private final DrsRegistry registry;

  DrsInternal(DrsRegistry registry) {
    this.registry = registry;
  }

  private interface Handler {
    Reply handle(JsonNode body, Instant now);
  }

  /** The routes, for the API's port to serve below {@code /v2}. */
  public List<Route> routes() {
    return List.of(
        Route.mutating("POST", DATASETS, call -> answer(call, this::addDataset)),
        Route.mutating(
            "PATCH",
            DATASETS + "/{id}/publish",
            call -> answer(call, (body, now) -> publish(call.variable("id"), now))),
        Route.mutating("POST", "/drs-internal/storages", call -> answer(call, this::addStorage)),
        Route.mutating("POST", "/drs-internal/objects/index/", call -> answer(call, this::mint)));
  }

  private Reply answer(Call call, Handler handler) {
    if (call.header("x-sbg-advance-access").filter("advance"::equalsIgnoreCase).isEmpty()) {
      throw Answers.refused(
          403, 90002, "Forbidden. The header X-SBG-Advance-Access: advance is required.");
    }
    JsonNode body =
        Answers.parse(call.body())
            .orElseThrow(() -> Answers.refused(400, 90009, "The request content is no JSON."));
    synchronized (registry) {
      return handler.handle(body, registry.settings.clock().instant());
    }
  }

  private Reply addDataset(JsonNode body, Instant now) {
    ObjectNode access = Mint.objectAt(body, "access").deepCopy();
    if (access.path("privacy").asText().equals("PRIVATE")
        && !KINDS.contains(Mint.text(access, "privateType"))) {
      throw Mint.bad("access.privateType is none of " + KINDS + ".");
    }
    Dataset dataset =
        new Dataset(
            DrsRegistry.newId(),
            registry.settings.user(),
            Mint.text(body, "name"),
            Mint.text(body, "version"),
            access,
            now);
    registry.datasets.put(dataset.id, dataset);
    return Reply.json(200, dataset.json()).changed("dataset", dataset.id, dataset.name);
  }

  private Reply publish(String id, Instant now) {
    Dataset dataset = own(id);
    dataset.visible = true;
    dataset.modified = now;
    return Reply.json(200, dataset.json()).changed("dataset", id, dataset.name);
  }

  private Reply addStorage(JsonNode body, Instant now) {
    Dataset dataset = own(Mint.text(body, "datasetId"));
    ObjectNode credentials = Mint.objectAt(body, "storageCredentials");
    Mint.text(credentials, "accessKeyId");
    Mint.text(credentials, "secretAccessKey");
    Storage storage =
        new Storage(
            DrsRegistry.newId(),
            dataset.owner,
            Mint.text(body, "name"),
            dataset.id,
            Mint.text(body, "region"),
            Mint.text(body, "bucketName"),
            now);
    boolean taken =
        registry.storages.stream().anyMatch(other -> other.bucket().equals(storage.bucket()));
    if (taken) {
      throw Answers.refused(403, 90002, "Forbidden.");
    }
    registry.storages.add(storage);
    return Reply.json(200, storage.json()).changed("storage", storage.id(), storage.name());
  }

  private Reply mint(JsonNode body, Instant now) {
    Dataset dataset = own(Mint.text(body, "datasetId"));
    List<Storage> storages =
        registry.storages.stream().filter(one -> one.datasetId().equals(dataset.id)).toList();
    Mint mint = Mint.read(body, storages);
    Optional<DrsObject> first = registry.minted(mint.identity());
    if (first.isPresent() && registry.duplicates == Duplicates.REFUSED) {
      throw Answers.refused(409, 90000, "The object is indexed already.");
    }
    if (first.isPresent() && registry.duplicates == Duplicates.SAME_ID) {
      return Reply.json(200, json(first.get(), mint));
    }
    DrsObject object =
        new DrsObject(
            DrsRegistry.newId(),
            mint.name(),
            mint.identity().size(),
            Map.copyOf(mint.identity().checksums()),
            "application/octet-stream",
            now,
            now,
            mint.places().stream().findFirst(),
            List.of());
    registry.mint(mint.identity(), object);
    return Reply.json(200, json(object, mint)).changed("drsObject", object.id(), object.name());
  }

  private ObjectNode json(DrsObject object, Mint mint) {
    ObjectNode json = Answers.object().put("id", object.id());
    json.put("drsUri", DrsJson.uri(object.id()));
    json.put("datasetId", mint.identity().datasetId()).put("name", object.name());
    json.put("size", object.size());
    var urls = json.putArray("locationUrls");
    mint.identity().urls().forEach(urls::add);
    Answers.authored(json, registry.settings.user(), object.created(), object.updated());
    return json;
  }

  private Dataset own(String id) {
    Dataset dataset = registry.datasets.get(id);
    if (dataset == null) {
      throw Answers.refused(404, 90003, "Not found.");
    }
    if (!dataset.owner.equals(registry.settings.user())) {
      throw Answers.refused(403, 90002, "Forbidden.");
    }
    return dataset;
  }
}
