package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.client.WorkflowStub;
import io.towpath.proof.check.Expectation;
import java.util.Map;

/**
 * A release whose run is terminated while its containers run: the lease may stop them before
 * another run takes over, wherever their programs are, so that what comes after differs.
 */
final class StoppedReleaseCell implements Cell {
  private final ReleaseCell whole;

  StoppedReleaseCell(ReleaseCell whole) {
    this.whole = whole;
  }

  @Override
  public Stack stack() {
    return whole.stack();
  }

  @Override
  public String etl() {
    return whole.etl();
  }

  @Override
  public Expectation asked(long since, JsonNode report) {
    return whole.asked(since, report);
  }

  @Override
  public String calls() {
    return whole.calls();
  }

  @Override
  public String workflowId() {
    return whole.workflowId();
  }

  @Override
  public Map<String, Object> request() {
    return whole.request();
  }

  /** No container was started twice, one record was promoted, and nobody was told twice. */
  @Override
  public Essence outcome(WorkflowStub run) {
    JsonNode report = whole.done(run, partial -> {});
    assertThat(report.path("items"))
        .hasSize(4)
        .allMatch(item -> item.path("status").asText().matches("SUCCEEDED|DONE_BEFORE"));
    assertThat(whole.effects().begun()).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(4);
    assertThat(whole.effects().made()).containsAll(whole.effects().begun());
    assertThat(whole.promoted())
        .singleElement()
        .matches(file -> file.path("versionNumber").asInt() == 1);
    assertThat(whole.effects().subjects()).doesNotHaveDuplicates();
    return new Essence("");
  }
}
