package io.towpath.sandbox.synapse;

import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** At most 3 requests at once and 600 in 60 s per user, session and address. */
final class Throttle {
  static final int CONCURRENT = 3;
  static final int REQUESTS = 600;
  private static final int SECONDS = 60;

  private static final class Client {
    private final Deque<Instant> recent = new ArrayDeque<>();
    private int running;
  }

  private final Map<String, Client> clients = new HashMap<>();
  private final InstantSource clock;
  private final Duration window;

  Throttle(InstantSource clock, int windowDivisor) {
    this.clock = clock;
    this.window = Duration.ofSeconds(SECONDS).dividedBy(windowDivisor);
  }

  /** The refusal, or empty when the call was let in and must be {@link #release}d. */
  synchronized Optional<Reply> admit(SynapseAccount caller, Call call) {
    Client client = clients.computeIfAbsent(key(caller, call), key -> new Client());
    if (client.running >= CONCURRENT) {
      return Optional.of(
          Refusals.throttled(
              "Too many concurrent requests. Allowed "
                  + CONCURRENT
                  + " concurrent connections at any time."));
    }
    Instant now = clock.instant();
    while (!client.recent.isEmpty() && !client.recent.peekFirst().plus(window).isAfter(now)) {
      client.recent.removeFirst();
    }
    if (client.recent.size() >= REQUESTS) {
      return Optional.of(
          Refusals.throttled(
              "Requests are too frequent. Allowed "
                  + REQUESTS
                  + " requests every "
                  + SECONDS
                  + " seconds."));
    }
    client.recent.addLast(now);
    client.running++;
    return Optional.empty();
  }

  synchronized void release(SynapseAccount caller, Call call) {
    Client client = clients.get(key(caller, call));
    if (client != null && client.running > 0) {
      client.running--;
    }
  }

  /** HttpRequestIdentifier: {@code userId|sessionID|IP}. */
  private static String key(SynapseAccount caller, Call call) {
    return caller.userId() + "|" + Entrance.session(call) + "|" + address(call);
  }

  /** IpAddressUtil: the first that a balancer names, else where the connection comes from. */
  private static String address(Call call) {
    return call.header("x-forwarded-for")
        .map(chain -> chain.split(",", 2)[0])
        .orElse(call.address());
  }
}
