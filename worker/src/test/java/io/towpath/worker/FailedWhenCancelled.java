package io.towpath.worker;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.temporal.api.enums.v1.CommandType;
import io.temporal.api.workflowservice.v1.RecordActivityTaskHeartbeatRequest;
import io.temporal.api.workflowservice.v1.RespondActivityTaskFailedRequest;
import io.temporal.api.workflowservice.v1.RespondWorkflowTaskCompletedRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import java.util.concurrent.Semaphore;

/**
 * The in-JVM server forgets an activity that is told to cancel and whose attempt then fails as one
 * that is repeated; its workflow waits for ever. A real server repeats nothing then: so the failure
 * is sent as one that is not repeated. That must not be decided while a workflow is about to tell
 * it: one call of these is under way at a time.
 */
final class FailedWhenCancelled implements ClientInterceptor {
  private final Semaphore turn = new Semaphore(1);

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel server) {
    return new OneAtATime<>(server.newCall(method, options), server);
  }

  /** Keeps the turn from its message until its answer. */
  private final class OneAtATime<Q, A> extends SimpleForwardingClientCall<Q, A> {
    private final Channel server;
    private boolean ours;
    private boolean closed;

    OneAtATime(ClientCall<Q, A> call, Channel server) {
      super(call);
      this.server = server;
    }

    @Override
    public void start(Listener<A> listener, Metadata headers) {
      super.start(
          new SimpleForwardingClientCallListener<>(listener) {
            @Override
            public void onClose(Status status, Metadata trailers) {
              close();
              super.onClose(status, trailers);
            }
          },
          headers);
    }

    @Override
    @SuppressWarnings("unchecked")
    public void sendMessage(Q message) {
      if (message instanceof RespondActivityTaskFailedRequest failed) {
        take();
        super.sendMessage(isCancelled(server, failed) ? (Q) forGood(failed) : message);
        return;
      }
      if (message instanceof RespondWorkflowTaskCompletedRequest done && cancels(done)) {
        take();
      }
      super.sendMessage(message);
    }

    private void take() {
      turn.acquireUninterruptibly();
      synchronized (this) {
        ours = !closed;
        if (closed) {
          turn.release();
        }
      }
    }

    private synchronized void close() {
      closed = true;
      if (ours) {
        ours = false;
        turn.release();
      }
    }
  }

  private static boolean cancels(RespondWorkflowTaskCompletedRequest done) {
    return done.getCommandsList().stream()
        .anyMatch(
            command ->
                command.getCommandType() == CommandType.COMMAND_TYPE_REQUEST_CANCEL_ACTIVITY_TASK);
  }

  private static boolean isCancelled(Channel server, RespondActivityTaskFailedRequest failed) {
    RecordActivityTaskHeartbeatRequest alive =
        RecordActivityTaskHeartbeatRequest.newBuilder()
            .setNamespace(failed.getNamespace())
            .setTaskToken(failed.getTaskToken())
            .setIdentity(failed.getIdentity())
            .setDetails(failed.getLastHeartbeatDetails())
            .build();
    try {
      return ClientCalls.blockingUnaryCall(
              server,
              WorkflowServiceGrpc.getRecordActivityTaskHeartbeatMethod(),
              CallOptions.DEFAULT,
              alive)
          .getCancelRequested();
    } catch (StatusRuntimeException over) {
      return false;
    }
  }

  private static RespondActivityTaskFailedRequest forGood(RespondActivityTaskFailedRequest failed) {
    RespondActivityTaskFailedRequest.Builder sent = failed.toBuilder();
    sent.getFailureBuilder().getApplicationFailureInfoBuilder().setNonRetryable(true);
    return sent.build();
  }
}
