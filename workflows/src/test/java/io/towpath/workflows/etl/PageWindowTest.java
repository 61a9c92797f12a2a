package io.towpath.workflows.etl;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.workflow.Async;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.progress.Operator;
import io.towpath.workflows.progress.Stages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PageWindowTest {
  private static final int PAGES = 20;

  private final Desk desk = new Desk();
  private TestWorkflowEnvironment temporal;
  private WorkflowClient client;

  @BeforeEach
  void start() {
    temporal = TestWorkflowEnvironment.newInstance();
    Worker worker = temporal.newWorker("pages");
    worker.registerWorkflowImplementationTypes(AllPages.class);
    worker.registerActivitiesImplementations(desk);
    temporal.start();
    client = temporal.getWorkflowClient();
  }

  @AfterEach
  void stop() {
    temporal.close();
  }

  /** The first page waits for the last but one: pages that go in step would never end. */
  @Test
  void a_page_begins_as_soon_as_any_has_ended_and_never_more_than_the_window_holds() {
    desk.slow = 0;

    List<Integer> results = pages().run(PAGES);

    assertThat(results).hasSize(PAGES).isSorted().last().isEqualTo(PAGES - 1);
    assertThat(desk.most.get()).isLessThanOrEqualTo(PageWindow.WIDTH);
    assertThat(desk.begun).doesNotHaveDuplicates();
  }

  @Test
  void a_page_that_can_be_repaired_is_done_again_by_itself() throws Exception {
    desk.denied = 3;
    Pages pages = pages();
    WorkflowClient.start(pages::run, PAGES);
    desk.refused.await();

    pages.retry();

    List<?> results = WorkflowStub.fromTyped(pages).getResult(List.class);
    assertThat(results).hasSize(PAGES);
    assertThat(desk.begun).hasSize(PAGES + 1);
    assertThat(Collections.frequency(desk.begun, 3)).isEqualTo(2);
  }

  @Test
  void no_pages_are_no_work() {
    assertThat(pages().run(0)).isEmpty();
    assertThat(desk.begun).isEmpty();
  }

  private Pages pages() {
    return client.newWorkflowStub(
        Pages.class, WorkflowOptions.newBuilder().setTaskQueue("pages").build());
  }

  @ActivityInterface
  public interface Work {
    int page(int number);
  }

  /** Does pages, and notes what is under way. */
  public static final class Desk implements Work {
    private final List<Integer> begun = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final CountDownLatch lastButOne = new CountDownLatch(1);
    private final CountDownLatch refused = new CountDownLatch(1);
    private volatile int slow = -1;
    private volatile int denied = -1;

    @Override
    public int page(int number) {
      begun.add(number);
      most.accumulateAndGet(now.incrementAndGet(), Math::max);
      try {
        if (number == PAGES - 2) {
          lastButOne.countDown();
        }
        if (number == slow) {
          lastButOne.await(30, TimeUnit.SECONDS);
        }
        if (number == denied && refused.getCount() > 0) {
          refused.countDown();
          throw ApplicationFailure.newNonRetryableFailure(
              "no right", FailureKind.ACCESS_DENIED.name());
        }
        return number;
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      } finally {
        now.decrementAndGet();
      }
    }
  }

  @WorkflowInterface
  public interface Pages {
    @WorkflowMethod
    List<Integer> run(int pages);

    @UpdateMethod
    void retry();
  }

  /** Works through pages under an operator. */
  public static final class AllPages implements Pages {
    private final Operator operator = new Operator(new Stages(List.of("work")));

    @Override
    public List<Integer> run(int pages) {
      Work work =
          Workflow.newActivityStub(
              Work.class,
              ActivityOptions.newBuilder().setStartToCloseTimeout(Duration.ofMinutes(1)).build());
      return new PageWindow(operator, "work")
          .each(pages, page -> Async.function(work::page, page), result -> {});
    }

    @Override
    public void retry() {
      Workflow.await(() -> isWaiting());
      operator.decide(Operator.Word.RETRY, "", List.of());
    }

    private boolean isWaiting() {
      try {
        operator.requireWaiting(List.of());
        return true;
      } catch (IllegalArgumentException notYet) {
        return false;
      }
    }
  }
}
