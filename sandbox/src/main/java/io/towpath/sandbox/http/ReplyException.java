package io.towpath.sandbox.http;

/** Ends an endpoint early with the platform's own refusal; the state is unchanged. */
public final class ReplyException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final transient Reply reply;

  public ReplyException(Reply reply) {
    super("answered " + reply.status(), null, false, false);
    this.reply = reply;
  }

  public Reply reply() {
    return reply;
  }
}
