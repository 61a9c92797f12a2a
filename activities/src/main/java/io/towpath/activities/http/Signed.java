package io.towpath.activities.http;

import io.towpath.activities.config.Secret;
import java.util.function.UnaryOperator;
import okhttp3.Request;

/** The credential that a request carries, to be told from one that has replaced it since. */
public final class Signed {
  private final Secret secret;
  private final String sent;

  private Signed(Secret secret, String sent) {
    this.secret = secret;
    this.sent = sent;
  }

  /**
   * The request with the credential in a header.
   *
   * @param prefix what stands before it, such as {@code "Bearer "}
   */
  public static Request by(Secret secret, Request request, String header, String prefix) {
    return by(secret, request, header, token -> prefix + token);
  }

  /**
   * The request with the credential in a header.
   *
   * @param form how the credential stands there
   */
  public static Request by(
      Secret secret, Request request, String header, UnaryOperator<String> form) {
    String token = secret.reveal();
    return request
        .newBuilder()
        .header(header, form.apply(token))
        .tag(Signed.class, new Signed(secret, token))
        .build();
  }

  /** Whether a request that was refused would carry another credential now. */
  static boolean outdated(Request refused) {
    Signed signed = refused.tag(Signed.class);
    return signed != null && signed.secret.replaced(signed.sent);
  }
}
