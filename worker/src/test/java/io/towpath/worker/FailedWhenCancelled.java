package io.towpath.worker;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.temporal.api.workflowservice.v1.RecordActivityTaskHeartbeatRequest;
import io.temporal.api.workflowservice.v1.RespondActivityTaskFailedRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;

/**
 * The in-JVM server forgets an activity that is told to cancel and whose attempt then fails as one
 * that is repeated; its workflow waits for ever. A real server repeats nothing then: so the failure
 * is sent as one that is not repeated.
 */
final class FailedWhenCancelled implements ClientInterceptor {
  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel server) {
    ClientCall<Q, A> call = server.newCall(method, options);
    return new SimpleForwardingClientCall<>(call) {
      @Override
      @SuppressWarnings("unchecked")
      public void sendMessage(Q message) {
        super.sendMessage(
            message instanceof RespondActivityTaskFailedRequest failed
                    && isCancelled(server, failed)
                ? (Q) forGood(failed)
                : message);
      }
    };
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
