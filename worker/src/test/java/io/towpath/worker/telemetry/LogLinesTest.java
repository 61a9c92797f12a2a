package io.towpath.worker.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towpath.activities.config.KnownSecrets;
import io.towpath.activities.config.Secret;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.RunKey;
import io.towpath.workflows.tower.RunRef;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

/** The lines that the worker's own logback.xml makes of an event, in both formats. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LogLinesTest {
  private static final String TOKEN = "canary-4f1e9a-token";
  private static final String SIGNED = "https://bucket.example.org/reads.fq?X-Amz-Credential=abcd";

  private final LoggerContext loggers = new LoggerContext();

  @BeforeEach
  void know() {
    LogMask.know(new KnownSecrets(List.of(new Secret(TOKEN))));
  }

  @AfterEach
  void forget() {
    LogMask.know(new KnownSecrets(List.of()));
    MDC.clear();
    loggers.stop();
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "json"})
  void no_line_holds_a_credential_wherever_it_came_from(String format) throws Exception {
    MDC.put("WorkflowId", "w-" + TOKEN);
    Exception thrown =
        new IllegalStateException(
            "sent \"" + TOKEN + "\"", new IllegalArgumentException("GET " + SIGNED + "\" failed"));
    String line = line(format, "told {} to {}", thrown, TOKEN, SIGNED);
    assertThat(line)
        .contains("told … to https://bucket.example.org/reads.fq?…")
        .contains("IllegalStateException")
        .doesNotContain(TOKEN)
        .doesNotContain("X-Amz");
  }

  @Test
  void a_line_of_json_says_what_it_is_about() throws Exception {
    MDC.put("WorkflowId", "round-trip/syn1.1");
    JsonNode line = new ObjectMapper().readTree(line("json", "a \"quoted\" {}", null, "word"));
    assertThat(line.path("message").asText()).isEqualTo("a \"quoted\" word");
    assertThat(line.path("level").asText()).isEqualTo("WARN");
    assertThat(line.path("WorkflowId").asText()).isEqualTo("round-trip/syn1.1");
  }

  /** A request as activities have them. */
  private record Request(Claim claim, RunKey key, RunRef run, String other) {}

  @Test
  void keys_are_found_in_what_an_activity_is_asked() {
    Claim claim = new Claim("round-trip/syn1.1", 3, 1);
    RunKey key = new RunKey("7k3qx2m5d4abc");
    LogKeys.put(new Request(claim, key, new RunRef("default", 1, "3Kx", "reads"), "more"));
    assertThat(MDC.getCopyOfContextMap())
        .isEqualTo(
            Map.of(
                "BusinessKey",
                claim.businessKey(),
                "Generation",
                "3",
                "RunKey",
                key.value(),
                "ExternalId",
                "3Kx"));
  }

  @SuppressWarnings("unchecked")
  private String line(
      String format, String message, @Nullable Exception thrown, Object... arguments)
      throws Exception {
    loggers.putProperty("TOWPATH_LOG_FORMAT", format);
    loggers.setMDCAdapter(MDC.getMDCAdapter());
    JoranConfigurator reader = new JoranConfigurator();
    reader.setContext(loggers);
    reader.doConfigure(Objects.requireNonNull(LogMask.class.getResource("/logback.xml")));
    OutputStreamAppender<ILoggingEvent> appender =
        (OutputStreamAppender<ILoggingEvent>)
            Objects.requireNonNull(loggers.getLogger("ROOT").getAppender("STDERR"));
    Encoder<ILoggingEvent> encoder = appender.getEncoder();
    return new String(
        encoder.encode(
            new LoggingEvent(
                "test", loggers.getLogger("io.towpath"), Level.WARN, message, thrown, arguments)),
        StandardCharsets.UTF_8);
  }
}
