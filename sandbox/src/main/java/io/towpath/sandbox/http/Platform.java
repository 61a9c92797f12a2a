package io.towpath.sandbox.http;

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

  /**
   * Finds the caller. Returns a refusal for bad credentials, or for none where the platform does
   * not let anonymous callers in; the caller is handed on in {@link Call#caller}.
   */
  Authentication authenticate(Call call);

  /** The answer to a caller above the platform's limits, or empty while within them. */
  Optional<Reply> throttle(Call call);

  /** Called once for every call that {@link #throttle} let pass, when its answer was sent. */
  default void release(Call call) {}

  /**
   * The platform's error body for a status that the server itself must answer (404, 405, 500, 400).
   */
  Reply error(int status, String message);

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
