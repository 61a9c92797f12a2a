package io.towpath.activities.containers.aws;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.containers.ContainerSpec;
import io.towpath.workflows.containers.Executor;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.SpecDigest;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a job or task definition holds, because AWS takes no image at submit. It is named by its
 * content, so that equal ones are one, and two that were registered at once do no harm.
 *
 * @param cpu in 1,024ths
 * @param secrets {@code valueFrom} by name
 * @param fargate whether it runs on Fargate, in one of its sizes
 */
record Definition(
    String image,
    int cpu,
    int memoryMb,
    Map<String, String> secrets,
    Executor executor,
    String log,
    boolean fargate) {
  /** The program's digest stands here, because tags go with a task that is stopped. */
  static final String DIGEST = "TOWPATH_SPEC";

  private static final int SHARES = 1_024;

  /** Fails with {@code INPUT_REJECTED} where Fargate has no size for it. */
  static Definition of(ContainerSpec spec, Executor executor, String log, boolean fargate) {
    int cpu = shares(spec.cpus());
    FargateSize size =
        fargate
            ? FargateSize.holding(cpu, spec.memoryMb())
                .orElseThrow(
                    () ->
                        new PlatformException(
                            FailureKind.INPUT_REJECTED,
                            FargateSize.tooLarge(spec.cpus(), spec.memoryMb())))
            : new FargateSize(cpu, spec.memoryMb());
    return new Definition(
        spec.image(),
        size.cpu(),
        size.memoryMb(),
        AwsSecrets.valueFrom(spec.secrets()),
        executor,
        log,
        fargate);
  }

  private static int shares(double cpus) {
    return (int) Math.ceil(cpus * SHARES);
  }

  String name() {
    Map<String, Object> content = new TreeMap<>();
    content.put("type", executor.type());
    content.put("image", image);
    content.put("cpu", cpu);
    content.put("memoryMb", memoryMb);
    content.put("secrets", secrets);
    content.put("executionRole", executor.executionRole().orElse(""));
    content.put("jobRole", executor.jobRole().orElse(""));
    content.put("fargate", fargate);
    content.put("log", log);
    String digest = SpecDigest.of(content).value();
    return "tp-" + digest.substring(digest.length() - 13);
  }

  /** The environment of one run: the request's, and the digest by which it is known again. */
  static Map<String, String> environment(ContainerSpec spec) {
    Map<String, String> environment = new TreeMap<>(spec.environment());
    environment.put(DIGEST, spec.digest().value());
    return environment;
  }
}
