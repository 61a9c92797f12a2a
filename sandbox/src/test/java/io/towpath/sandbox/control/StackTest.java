package io.towpath.sandbox.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
final class StackTest {
  private final Stack stack = new Stack();
  private final Stack other = new Stack();
  private final ControlCalls calls =
      new ControlCalls(
          new Journal(InstantSource.system(), new Mask()),
          new Counters(),
          new Faults(),
          new Plans(),
          Map.of("synapse", stack, "sevenbridges", other),
          Map::of);

  private String post(String path, String body) {
    ControlCalls.Answer answer =
        calls.answer("POST", path, "", body.getBytes(StandardCharsets.UTF_8));
    assertThat(answer.status()).isEqualTo(200);
    return answer.body().orElseThrow().toString();
  }

  @Test
  void the_control_port_switches_maintenance_and_a_reset_ends_it() {
    assertThat(post("/stack", "{\"status\":\"DOWN\",\"message\":\"Back at noon.\"}"))
        .isEqualTo("{\"status\":\"DOWN\",\"message\":\"Back at noon.\"}");
    assertThat(stack.state().works()).isFalse();
    assertThat(post("/stack", "{\"status\":\"READ_ONLY\"}"))
        .isEqualTo("{\"status\":\"READ_ONLY\",\"message\":null}");
    post("/reset", "{\"what\":[\"stack\"]}");
    assertThat(calls.answer("GET", "/stack", "", new byte[0]).body().orElseThrow().toString())
        .isEqualTo("{\"status\":\"READ_WRITE\",\"message\":null}");
  }

  @Test
  void each_platform_has_a_switch_of_its_own() {
    post("/stack", "{\"platform\":\"sevenbridges\",\"status\":\"DOWN\"}");
    assertThat(other.state().works()).isFalse();
    assertThat(stack.state().works()).isTrue();
    assertThat(
            calls
                .answer("GET", "/stack", "platform=sevenbridges", new byte[0])
                .body()
                .orElseThrow()
                .toString())
        .isEqualTo("{\"status\":\"DOWN\",\"message\":null}");
    assertThatThrownBy(() -> post("/stack", "{\"platform\":\"s3\",\"status\":\"DOWN\"}"))
        .isInstanceOf(Problems.BadRequest.class)
        .hasMessageContaining("s3 has no maintenance");
  }

  @Test
  void everything_that_is_wrong_is_told_at_once() {
    assertThatThrownBy(() -> post("/stack", "{\"status\":\"OFF\",\"mesage\":\"x\"}"))
        .isInstanceOf(Problems.BadRequest.class)
        .hasMessageContaining("mesage: unknown field")
        .hasMessageContaining("OFF is none of READ_WRITE, READ_ONLY, DOWN");
    assertThat(stack.state().works()).isTrue();
  }
}
