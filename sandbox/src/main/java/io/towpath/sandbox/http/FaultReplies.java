package io.towpath.sandbox.http;

import io.towpath.sandbox.control.Fault;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The answers that faults put in place of the platform's own. */
final class FaultReplies {
  private static final String PAGE =
      "<!DOCTYPE html><html><head><title>Please sign in</title></head>"
          + "<body><h1>Please sign in</h1></body></html>\n";

  private FaultReplies() {}

  /** The answer of a kind that leaves the state as it is. */
  static Reply of(Fault fault) {
    return switch (fault.kind()) {
      case HTML -> Reply.text(200, "text/html; charset=utf-8", PAGE);
      case REDIRECT -> Reply.empty(302).with("Location", fault.to());
      default -> status(fault);
    };
  }

  /** The fault's answer for a call that did change the state. */
  static Reply inPlaceOf(Reply lost, Fault fault) throws IOException {
    lost.body().close();
    Reply shown = status(fault);
    return new Reply(
        shown.status(),
        shown.headers(),
        shown.body(),
        shown.length(),
        lost.committed(),
        lost.touched());
  }

  /** The same answer with one bit of its body flipped. */
  static Reply corrupt(Reply reply) {
    if (reply.length() == 0) {
      return reply;
    }
    InputStream flipped = new OneBitFlipped(reply.body(), Math.max(reply.length(), 0) / 2);
    return new Reply(
        reply.status(),
        reply.headers(),
        flipped,
        reply.length(),
        reply.committed(),
        reply.touched());
  }

  private static Reply status(Fault fault) {
    String body = fault.body().orElse("");
    boolean json = body.startsWith("{") || body.startsWith("[");
    Reply reply =
        fault.body().isEmpty()
            ? Reply.empty(fault.code())
            : Reply.text(fault.code(), json ? "application/json" : "text/plain", body);
    for (var header : fault.headers().entrySet()) {
      reply = reply.with(header.getKey(), header.getValue());
    }
    return reply;
  }

  private static final class OneBitFlipped extends FilterInputStream {
    private long left;

    private OneBitFlipped(InputStream body, long at) {
      super(body);
      this.left = at;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int most) throws IOException {
      int read = super.read(into, from, most);
      if (read > 0 && left >= 0 && left < read) {
        into[from + (int) left] ^= 1;
      }
      left -= Math.max(read, 0);
      return read;
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
