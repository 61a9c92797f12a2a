package io.towpath.sandbox.http;

/** What one route does. It changes state and says so in its reply; it never writes to the wire. */
@FunctionalInterface
public interface Endpoint {
  /**
   * Answers the call. A platform error is a normal {@link Reply}, or a {@link ReplyException} where
   * that reads better; any other exception becomes the platform's own 500.
   */
  Reply handle(Call call) throws Exception;
}
