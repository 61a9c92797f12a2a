package io.towpath.sandbox.synapse;

import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.ReplyException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** The checks before every service, in the order of Synapse's filters. */
final class Entrance {
  private static final String COOKIE = "sessionID=";

  Request admit(Call call, Scope scope) {
    checkContentType(call);
    checkAccept(call);
    SynapseAccount caller =
        call.caller()
            .filter(SynapseAccount.class::isInstance)
            .map(SynapseAccount.class::cast)
            .orElse(SynapseAccount.ANONYMOUS);
    if (!caller.isAnonymous()) {
      List<String> missing = scope.missing(caller.scopes());
      if (!missing.isEmpty()) {
        throw Refusals.insufficientScope(String.join(", ", missing));
      }
    } else if (scope == Scope.WRITE || scope == Scope.DELETE || scope == Scope.STS) {
      throw Refusals.forbidden("Anonymous user is not allowed to make changes.");
    }
    return new Request(call, caller);
  }

  /** Adds the cookie that is part of the throttle's key, unless the caller has it. */
  Reply withSession(Call call, Reply reply) {
    if (session(call).isEmpty()) {
      return reply.with("Set-Cookie", COOKIE + UUID.randomUUID() + "; Path=/; HttpOnly");
    }
    return reply;
  }

  /** The caller's session, or nothing. */
  static String session(Call call) {
    return call.headers().getOrDefault("cookie", List.of()).stream()
        .flatMap(header -> List.of(header.split(";", -1)).stream())
        .map(String::strip)
        .filter(cookie -> cookie.startsWith(COOKIE))
        .map(cookie -> cookie.substring(COOKIE.length()))
        .findFirst()
        .orElse("");
  }

  private static void checkContentType(Call call) {
    if (call.body().length == 0) {
      return;
    }
    String type = call.header("content-type").orElse("application/json").toLowerCase(Locale.ROOT);
    if (!type.startsWith("application/json")) {
      throw refusedMedia(415, "Content type '" + type + "' not supported");
    }
  }

  private static void checkAccept(Call call) {
    String accept = call.header("accept").orElse("*/*").toLowerCase(Locale.ROOT);
    boolean fits =
        accept.isBlank()
            || accept.contains("*/*")
            || accept.contains("application/")
            || accept.contains("text/");
    if (!fits) {
      throw refusedMedia(406, "Could not find acceptable representation");
    }
  }

  private static ReplyException refusedMedia(int status, String reason) {
    return Refusals.of(status, reason);
  }
}
