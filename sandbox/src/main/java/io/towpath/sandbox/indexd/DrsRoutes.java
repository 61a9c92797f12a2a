package io.towpath.sandbox.indexd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Endpoint;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.ReplyException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * DRS 1.5 over the index. URLs to read from come from Gen3's Fence, which stands on this port too.
 */
final class DrsRoutes {
  static final String BASE = "/ga4gh/drs/v1";
  private static final String OBJECT = BASE + "/objects/{object_id}";
  private static final int MOST = 100;
  private static final Pattern S3 = Pattern.compile("s3://([^/]+)/(.+)", Pattern.DOTALL);

  private final Index index;
  private final DrsView view;

  DrsRoutes(Index index) {
    this.index = index;
    this.view = new DrsView(index);
  }

  void register(RouteTable table) {
    table.open("GET", BASE + "/service-info", call -> Reply.json(200, serviceInfo()));
    table.open("GET", BASE + "/objects", drs(this::list));
    table.open("POST", BASE + "/objects", drs(call -> many(call, view::record)));
    table.open("OPTIONS", BASE + "/objects", drs(call -> many(call, view::authorizations)));
    table.open("GET", OBJECT, drs(this::object));
    table.open("POST", OBJECT, drs(this::object));
    table.open("OPTIONS", OBJECT, drs(this::options));
    table.open("GET", OBJECT + "/access/{access_id}", drs(this::access));
  }

  /** Writes the index's refusals in the form of DRS. */
  private static Endpoint drs(Endpoint endpoint) {
    return call -> {
      try {
        return endpoint.handle(call);
      } catch (ReplyException refused) {
        return Refusals.drs(refused.reply().status(), message(refused.reply()));
      }
    };
  }

  private static String message(Reply reply) throws IOException {
    try (var body = reply.body()) {
      String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
      return text.replaceFirst("(?s)^\\{\"(?:error|msg)\":\"(.*?)\"[,}].*$", "$1");
    }
  }

  private Reply object(Call call) {
    String id = call.variable("object_id");
    boolean expand = call.query("expand").orElse("").equals("true");
    ObjectNode json =
        index
            .find(id)
            .map(view::record)
            .or(() -> index.bundle(id).map(bundle -> view.drsBundle(bundle, expand)))
            .orElseThrow(() -> Refusals.missing(Refusals.NO_RECORD));
    return Reply.json(200, json);
  }

  private Reply options(Call call) {
    return Reply.json(200, view.authorizations(record(call.variable("object_id"))));
  }

  private IndexRecord record(String id) {
    return index.find(id).orElseThrow(() -> Refusals.missing(Refusals.NO_RECORD));
  }

  private Reply list(Call call) {
    ObjectNode json = Refusals.object();
    ArrayNode objects = json.putArray("drs_objects");
    String start = call.query("start").orElse("");
    String limit = call.query("limit").orElse("100");
    if (!limit.matches("\\d{1,4}") || Integer.parseInt(limit) > 1024) {
      throw Refusals.user("limit must be between 0 and 1024");
    }
    index.records.tailMap(start, false).values().stream()
        .limit(Integer.parseInt(limit))
        .forEach(record -> objects.add(view.record(record)));
    return Reply.json(200, json);
  }

  /** The plural {@code resolved_drs_objects} is indexd's own; the standard has the singular. */
  private Reply many(Call call, Function<IndexRecord, ObjectNode> show) {
    JsonNode ids = RouteTable.body(call).path("bulk_object_ids");
    if (ids.isMissingNode()) {
      throw Refusals.user("Request is malformed. Missing bulk object ids.");
    }
    RecordRules.texts(ids);
    if (ids.size() > MOST) {
      throw Refusals.refusedDrs(413, "at most " + MOST + " objects");
    }
    List<String> missing = new ArrayList<>();
    ArrayNode found = Refusals.object().arrayNode();
    for (JsonNode id : ids) {
      Optional<IndexRecord> record = Optional.ofNullable(index.records.get(id.asText()));
      record.ifPresentOrElse(one -> found.add(show.apply(one)), () -> missing.add(id.asText()));
    }
    ObjectNode json = Refusals.object();
    ObjectNode summary = json.putObject("summary").put("requested", ids.size());
    summary.put("resolved", found.size()).put("unresolved", missing.size());
    ArrayNode unresolved = json.putArray("unresolved_drs_objects");
    if (!missing.isEmpty()) {
      ArrayNode list = unresolved.addObject().put("error_code", 404).putArray("object_ids");
      missing.stream().sorted().forEach(list::add);
    }
    json.set("resolved_drs_objects", found);
    return Reply.json(200, json);
  }

  private Reply access(Call call) {
    IndexRecord record = record(call.variable("object_id"));
    for (JsonNode url : record.field("urls")) {
      Matcher s3 = S3.matcher(url.asText());
      if (call.variable("access_id").equals("s3") && s3.matches()) {
        String link = index.settings.links().get(s3.group(1), s3.group(2));
        return Reply.json(200, Refusals.object().put("url", link));
      }
    }
    throw Refusals.missing("no access method " + call.variable("access_id"));
  }

  private ObjectNode serviceInfo() {
    ObjectNode info = Refusals.object().put("id", "org.example.gen3").put("name", "DRS System");
    info.put("version", "1.5.0");
    ObjectNode type = info.putObject("type").put("group", "org.ga4gh").put("artifact", "drs");
    type.put("version", "1.5.0");
    info.putObject("organization").put("name", "CTDS").put("url", "https://gen3.example.org");
    ObjectNode drs = info.putObject("drs").put("maxBulkRequestLength", MOST);
    drs.put("objectCount", index.records.size());
    drs.put("totalObjectSize", index.records.values().stream().mapToLong(IndexRecord::size).sum());
    return info.put("maxBulkRequestLength", MOST);
  }
}
