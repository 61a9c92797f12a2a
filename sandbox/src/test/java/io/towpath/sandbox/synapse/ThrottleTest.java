package io.towpath.sandbox.synapse;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.sandbox.http.Call;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ThrottleTest {
  private final Throttle throttle = new Throttle(new MovableClock(), 1);

  private static Call call(String session) {
    return call(session, "127.0.0.1");
  }

  private static Call call(String session, String address) {
    return new Call(
        "GET",
        "/userProfile",
        "/userProfile",
        Map.of(),
        Map.of(),
        Map.of("cookie", List.of("sessionID=" + session)),
        new byte[0],
        InputStream.nullInputStream(),
        address,
        Optional.of(TestSynapse.ANN),
        Duration.ZERO);
  }

  @Test
  void three_requests_of_a_user_session_and_address_run_at_once_and_the_fourth_is_429() {
    for (int i = 0; i < Throttle.CONCURRENT; i++) {
      assertThat(throttle.admit(TestSynapse.ANN, call("a"))).isEmpty();
    }
    assertThat(throttle.admit(TestSynapse.ANN, call("a")))
        .hasValueSatisfying(reply -> assertThat(reply.status()).isEqualTo(429));
    assertThat(throttle.admit(TestSynapse.ANN, call("b"))).isEmpty();
    assertThat(throttle.admit(TestSynapse.ANN, call("a", "127.0.0.2"))).isEmpty();
    assertThat(throttle.admit(TestSynapse.BOB, call("a"))).isEmpty();
    throttle.release(TestSynapse.ANN, call("a"));
    assertThat(throttle.admit(TestSynapse.ANN, call("a"))).isEmpty();
  }
}
