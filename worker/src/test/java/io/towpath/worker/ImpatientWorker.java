package io.towpath.worker;

import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptor;
import io.towpath.worker.telemetry.Telemetry;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import okhttp3.OkHttpClient;

/**
 * A worker as it is deployed, but for the time-outs by which Temporal finds out that a process is
 * gone: a test that kills many cannot wait for them.
 */
final class ImpatientWorker {
  private ImpatientWorker() {}

  public static void main(String[] arguments) throws InterruptedException {
    TowpathWorker worker =
        TowpathWorker.start(
            TemporalUnderTest.at(System.getenv("TEMPORAL_ADDRESS")).client(),
            WorkerSettings.from(System.getenv(), Path.of("nowhere")),
            new TowpathWorker.Surroundings(
                new OkHttpClient(), List.of(new Impatience()), Telemetry.none()));
    CountDownLatch stopped = new CountDownLatch(1);
    Thread drain =
        new Thread(
            () -> {
              worker.close();
              stopped.countDown();
            },
            "drain");
    Runtime.getRuntime().addShutdownHook(drain);
    System.out.println("worker ready");
    stopped.await();
  }

  private static final class Impatience extends WorkerInterceptorBase {
    @Override
    public WorkflowInboundCallsInterceptor interceptWorkflow(WorkflowInboundCallsInterceptor next) {
      return new WorkflowInboundCallsInterceptorBase(next) {
        @Override
        public void init(WorkflowOutboundCallsInterceptor outbound) {
          super.init(new SoonNoticed(outbound, SoonNoticed.Limits.OF_THE_DEAD));
        }
      };
    }
  }
}
