package io.towpath.sandbox.synapse;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.control.Stack;
import io.towpath.sandbox.http.Reply;
import java.util.Arrays;
import java.util.List;

/** Who the caller is, and how the stack is. */
final class UserRoutes {
  private static final String VERSION = "500.0-1-g0000000";
  private final Realm realm;

  UserRoutes(Realm realm) {
    this.realm = realm;
  }

  void register(RouteTable table) {
    table.get("/userProfile", Scope.VIEW, r -> Reply.json(200, profile(r.caller(), true)));
    table.get("/userProfile/{profileId}", Scope.VIEW, this::other);
    table.get("/userBundle", Scope.VIEW, r -> Reply.json(200, bundle(r.caller(), true)));
    table.get("/user/{id}/bundle", Scope.VIEW, this::otherBundle);
    table.get("/user/{id}/team", Scope.VIEW, r -> Reply.json(200, Json.page(List.of(), 0, 0)));
    table.get("/userGroupHeaders", Scope.VIEW, this::headersByPrefix);
    table.get("/userGroupHeaders/batch", Scope.VIEW, this::headers);
    table.get("/termsOfUse2/status", Scope.VIEW, this::terms);
    table.open("/status", r -> Reply.json(200, status()));
    table.open("/version", r -> Reply.json(200, version()));
    table.open("/", r -> Reply.empty(200));
  }

  private SynapseAccount account(String id) {
    return realm.settings.accounts().stream()
        .filter(account -> account.userId().equals(id))
        .findFirst()
        .orElseThrow(() -> Refusals.notFound("UserProfile cannot be found for: " + id));
  }

  private ObjectNode profile(SynapseAccount account, boolean own) {
    ObjectNode json = Json.object();
    json.put("ownerId", account.userId());
    json.put("userName", account.userName());
    if (!account.isAnonymous()) {
      json.put("etag", "00000000-0000-0000-0000-000000000000");
      json.put("firstName", "");
      json.put("lastName", "");
      if (own) {
        json.put("email", account.email());
        json.putArray("emails").add(account.email());
        json.putArray("openIds");
      }
      json.put("createdOn", "2020-01-01T00:00:00.000Z");
    }
    return json;
  }

  private Reply other(Request request) {
    SynapseAccount account = account(request.call().variable("profileId"));
    boolean own = account.userId().equals(request.caller().userId());
    return Reply.json(200, profile(account, own));
  }

  private ObjectNode bundle(SynapseAccount account, boolean own) {
    ObjectNode json = Json.object();
    json.put("userId", account.userId());
    json.set("userProfile", profile(account, own));
    json.put("isCertified", account.certified());
    json.put("isVerified", false);
    json.put("isACTMember", false);
    return json;
  }

  private Reply otherBundle(Request request) {
    SynapseAccount account = account(request.id());
    return Reply.json(200, bundle(account, account.userId().equals(request.caller().userId())));
  }

  private static ObjectNode header(SynapseAccount account) {
    ObjectNode json = Json.object();
    json.put("ownerId", account.userId());
    json.put("userName", account.userName());
    json.put("isIndividual", true);
    return json;
  }

  private Reply headers(Request request) {
    List<String> ids = Arrays.asList(request.text("ids").orElse("").split(",", -1));
    ObjectNode json = Json.object();
    ArrayNode children = json.putArray("children");
    realm.settings.accounts().stream()
        .filter(account -> ids.contains(account.userId()))
        .forEach(account -> children.add(header(account)));
    json.put("totalNumberOfResults", children.size());
    return Reply.json(200, json);
  }

  private Reply headersByPrefix(Request request) {
    String prefix = request.text("prefix").orElse("");
    ObjectNode json = Json.object();
    ArrayNode children = json.putArray("children");
    realm.settings.accounts().stream()
        .filter(account -> account.userName().startsWith(prefix))
        .forEach(account -> children.add(header(account)));
    json.put("prefixFilter", prefix);
    json.put("totalNumberOfResults", children.size());
    return Reply.json(200, json);
  }

  private Reply terms(Request request) {
    ObjectNode json = Json.object();
    json.put("userId", request.caller().userId());
    json.put("userCurrentTermsOfServiceState", "UP_TO_DATE");
    json.put("lastAgreementDate", "2020-01-01T00:00:00.000Z");
    json.put("lastAgreementVersion", "1.0.0");
    return Reply.json(200, json);
  }

  private ObjectNode status() {
    ObjectNode json = Json.object();
    Stack.State state = realm.stack.state();
    json.put("status", state.status().name());
    String own = state.works() ? "Synapse is ready for read and write" : SynapsePlatform.DOWN;
    return json.put("currentMessage", state.message().orElse(own));
  }

  private static ObjectNode version() {
    return Json.object().put("version", VERSION).put("stackInstance", "500");
  }
}
