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

  private static Call call(String session, String address, String... forwardedFor) {
    return new Call(
        "GET",
        "/userProfile",
        "/userProfile",
        Map.of(),
        Map.of(),
        Map.of("cookie", List.of("sessionID=" + session), "x-forwarded-for", List.of(forwardedFor)),
        address,
        new byte[0],
        InputStream.nullInputStream(),
        Optional.of(TestSynapse.ANN),
        Duration.ZERO);
  }

  private void fill(SynapseAccount caller, Call call) {
    for (int i = 0; i < Throttle.CONCURRENT; i++) {
      assertThat(throttle.admit(caller, call)).isEmpty();
    }
    assertThat(throttle.admit(caller, call))
        .hasValueSatisfying(reply -> assertThat(reply.status()).isEqualTo(429));
  }

  @Test
  void three_requests_of_a_session_run_at_once_and_the_fourth_is_429() {
    Call call = call("a", "10.0.0.1");
    fill(TestSynapse.ANN, call);
    throttle.release(TestSynapse.ANN, call);
    assertThat(throttle.admit(TestSynapse.ANN, call)).isEmpty();
  }

  @Test
  void another_user_session_or_address_has_a_limit_of_its_own() {
    fill(TestSynapse.ANN, call("a", "10.0.0.1"));
    fill(TestSynapse.BOB, call("a", "10.0.0.1"));
    fill(TestSynapse.ANN, call("b", "10.0.0.1"));
    fill(TestSynapse.ANN, call("a", "10.0.0.2"));
  }

  @Test
  void behind_balancers_the_first_address_that_they_name_counts() {
    fill(TestSynapse.ANN, call("a", "10.0.0.9", "1.2.3.4, 10.0.0.7"));
    assertThat(throttle.admit(TestSynapse.ANN, call("a", "10.0.0.8", "1.2.3.4, 10.0.0.6")))
        .isPresent();
    assertThat(throttle.admit(TestSynapse.ANN, call("a", "10.0.0.9", "1.2.3.5"))).isEmpty();
  }
}
