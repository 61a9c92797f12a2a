package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowStub;
import io.towpath.proof.check.Expectation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A piece of work that many start at once, each in one of several ways. */
final class RaceCell implements Cell {
  private final Cell raced;
  private final List<Way> ways;
  private final int starts;
  private List<WorkflowStub> started = List.of();

  /** A way in which somebody starts work. */
  interface Way {
    /**
     * @param number of the start, for an id that nobody else takes
     * @return what ends when the work is done
     */
    WorkflowStub start(Cell work, int number);
  }

  RaceCell(Cell raced, List<Way> ways, int starts) {
    this.raced = raced;
    this.ways = ways;
    this.starts = starts;
  }

  /** Under the business key, which Temporal lets one of them have. */
  static WorkflowStub underItsKey(Cell work, int number) {
    try {
      return work.start();
    } catch (WorkflowExecutionAlreadyStarted running) {
      return work.stack().client().newUntypedWorkflowStub(work.workflowId());
    }
  }

  /** As a schedule or somebody with Temporal's own command does. */
  static WorkflowStub underAnyId(Cell work, int number) {
    return work.stack().start(work.etl(), id(work, number), work.request());
  }

  /** As somebody does who believes that it failed. */
  static WorkflowStub asRerun(Cell work, int number) {
    Map<String, Object> again = new TreeMap<>(work.request());
    again.put("rerun", "ifFailed");
    return work.stack().start(work.etl(), id(work, number), again);
  }

  /** As the child of a scan. */
  static WorkflowStub byScan(Cell work, int number) {
    return work.stack().start("manifest-scan", id(work, number), ((RoundTripCell) work).scan());
  }

  private static String id(Cell work, int number) {
    return "start-" + number + "/" + work.workflowId();
  }

  @Override
  public Stack stack() {
    return raced.stack();
  }

  @Override
  public String etl() {
    return raced.etl();
  }

  @Override
  public String calls() {
    return raced.calls();
  }

  @Override
  public String workflowId() {
    return raced.workflowId();
  }

  @Override
  public Map<String, Object> request() {
    return raced.request();
  }

  @Override
  public JsonNode told() {
    return raced.told();
  }

  @Override
  public Expectation asked(long since, JsonNode report) {
    return raced.asked(since, report);
  }

  /** All at once the first time; afterwards as anybody would. */
  @Override
  public WorkflowStub start() {
    if (!started.isEmpty()) {
      return raced.start();
    }
    ExecutorService racers = Executors.newFixedThreadPool(starts);
    CountDownLatch gun = new CountDownLatch(1);
    List<CompletableFuture<WorkflowStub>> begun = new ArrayList<>();
    for (int i = 0; i < starts; i++) {
      int number = i;
      begun.add(
          CompletableFuture.supplyAsync(
              () -> {
                await(gun);
                return ways.get(number % ways.size()).start(raced, number);
              },
              racers));
    }
    gun.countDown();
    started = begun.stream().map(CompletableFuture::join).toList();
    racers.shutdown();
    return stack().client().newUntypedWorkflowStub(workflowId());
  }

  private static void await(CountDownLatch gun) {
    try {
      gun.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Everybody is told that it was done, or that there was nothing to do. */
  @Override
  public Essence outcome(WorkflowStub run) {
    assertThat(started)
        .extracting(one -> one.getResult(Map.class).get("outcome"))
        .allSatisfy(outcome -> assertThat(outcome).asString().matches("SUCCEEDED.*|NOOP"));
    return raced.outcome(run);
  }
}
