package io.towpath.sandbox.aws;

import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Platform;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.Route;
import io.towpath.sandbox.http.Router;
import java.util.List;
import java.util.Optional;

/** One service as one port of the sandbox: signatures, throttling, the shape of errors. */
final class AwsPlatform implements Platform {
  /**
   * What one service has of its own.
   *
   * @param platform the name that interface.md gives it; also the name that requests are signed for
   * @param bucket what calls are throttled with
   * @param throttled status and name of the answer to a call too many
   */
  record Service(
      String platform,
      Protocol protocol,
      Router router,
      List<Route> routes,
      TokenBucket bucket,
      Throttled throttled) {}

  /** The answer to a call too many. */
  record Throttled(int status, String code, String message) {}

  private final AwsSettings settings;
  private final Service service;

  AwsPlatform(AwsSettings settings, Service service) {
    this.settings = settings;
    this.service = service;
  }

  @Override
  public String name() {
    return service.platform();
  }

  @Override
  public List<String> bases() {
    return List.of("");
  }

  @Override
  public List<Route> routes() {
    return service.routes();
  }

  @Override
  public Router router() {
    return service.router();
  }

  /** Who it is; whether the signature is theirs is seen when the body is read. */
  @Override
  public Authentication authenticate(Call call) {
    Optional<Signature> signature = Signature.of(call);
    if (signature.isEmpty()) {
      return refused("MissingAuthenticationTokenException", "Missing Authentication Token");
    }
    if (!signature.get().keyId().equals(settings.keys().id())) {
      return refused(
          "UnrecognizedClientException", "The security token included in the request is invalid.");
    }
    if (!signature.get().isFor(settings.keys().region(), service.platform())) {
      return refused(
          "InvalidSignatureException",
          "Credential should be scoped to a valid region and to the service "
              + service.platform()
              + ".");
    }
    return Authentication.of(signature.get());
  }

  private Authentication refused(String code, String message) {
    return Authentication.refused(service.protocol().error(403, code, message));
  }

  /** A route that answers only to a call whose signature fits. */
  static Route signed(AwsSettings settings, Protocol protocol, Route route) {
    return new Route(
        route.method(),
        route.template(),
        route.label(),
        route.mutating(),
        route.streamed(),
        route.anonymous(),
        call -> {
          boolean fits =
              Signature.of(call)
                  .filter(signature -> signature.fits(call, settings.keys().secret()))
                  .isPresent();
          return fits
              ? route.endpoint().handle(call)
              : protocol.error(
                  403,
                  "InvalidSignatureException",
                  "The request signature we calculated does not match the signature you provided."
                      + " Check your AWS Secret Access Key and signing method.");
        });
  }

  @Override
  public Optional<Reply> throttle(Call call) {
    if (!settings.limits() || service.bucket().take()) {
      return Optional.empty();
    }
    Throttled answer = service.throttled();
    return Optional.of(service.protocol().error(answer.status(), answer.code(), answer.message()));
  }

  @Override
  public Reply error(int status, String message) {
    return switch (status) {
      case 404, 405 -> service.protocol().error(status, "UnknownOperationException", "");
      case 413 -> service.protocol().error(413, "RequestEntityTooLargeException", message);
      default -> service.protocol().error(status, "ServerException", message);
    };
  }
}
