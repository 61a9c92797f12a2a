package io.towpath.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/** What {@link PlatformServer} needs to know of one platform to serve it on a port of its own. */
public interface Platform {
  /** The name that interface.md section 4 gives it: {@code synapse}, {@code seqera}, … */
  String name();

  /**
   * Path prefixes under which the routes lie, longest first; each is stripped before routing, so
   * {@code /repo/v1/entity} and {@code /entity} are told apart only by {@link #routes}.
   */
  List<String> bases();

  List<Route> routes();

  /** Finds the route of a call; normally by the templates of {@link #routes}. */
  default Router router() {
    return new TemplateRouter(bases(), routes());
  }

  /**
   * Finds the caller, before the body is read. Returns a refusal for bad credentials, or for none
   * where the platform does not let anonymous callers in; the caller is handed on in {@link
   * Call#caller}.
   */
  Authentication authenticate(Call call);

  /**
   * The answer to a caller above the platform's limits, or empty while within them; asked before
   * the body is read.
   */
  Optional<Reply> throttle(Call call);

  /**
   * Called once for every call that {@link #throttle} let pass, when its answer is about to be
   * sent.
   */
  default void release(Call call) {}

  /**
   * The platform's error body for a status that the server itself must answer (404, 405, 500, 400).
   */
  Reply error(int status, String message);

  /** How many bytes a body may have, except on streamed routes; above that the answer is 413. */
  default long maxBody() {
    return 64L << 20;
  }

  /** Whether {@code //} in a path means {@code /}; S3 keys keep theirs. */
  default boolean collapsesSlashes() {
    return true;
  }

  /**
   * What the journal of effects shows as the call's {@code request}, before masking; empty when
   * nothing. Normally the parsed JSON body.
   */
  default Optional<JsonNode> journalled(Call call) {
    return Json.parse(call.body());
  }

  /** Either a caller (empty when anonymous) or the platform's refusal. */
  record Authentication(Optional<Object> caller, Optional<Reply> refusal) {
    public static Authentication of(Object caller) {
      return new Authentication(Optional.of(caller), Optional.empty());
    }

    public static Authentication anonymous() {
      return new Authentication(Optional.empty(), Optional.empty());
    }

    public static Authentication refused(Reply reply) {
      return new Authentication(Optional.empty(), Optional.of(reply));
    }
  }
}
