package io.towpath.sandbox.aws;

import io.towpath.sandbox.image.Puller;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/**
 * How the stand-ins are set up.
 *
 * @param keys who may call
 * @param times what AWS leaves open, or takes long for
 * @param limits whether calls are throttled
 * @param programs where images come from and processes have their folders
 * @param secrets values of Secrets Manager and Parameter Store by their ARN or name
 */
public record AwsSettings(
    Keys keys,
    Times times,
    boolean limits,
    Programs programs,
    Map<String, String> secrets,
    InstantSource clock) {
  public static final String ACCOUNT = "123456789012";

  /** The one pair of keys, and the region for which requests are signed. */
  public record Keys(String id, String secret, String region) {}

  /**
   * Times.
   *
   * @param listLag how long listings lag behind what was submitted
   * @param jobRetention how long Batch remembers a job after its end
   * @param taskRetention how long ECS remembers a task after its end
   * @param tokenLife how long a clientToken stands for its request
   * @param speed divides what simulated jobs take
   */
  public record Times(
      Duration listLag,
      Duration jobRetention,
      Duration taskRetention,
      Duration tokenLife,
      double speed) {}

  /** Where images come from, and where processes have their folders. */
  public record Programs(Puller puller, Path folder) {}

  String arn(String service, String resource) {
    return "arn:aws:" + service + ":" + keys.region() + ":" + ACCOUNT + ":" + resource;
  }
}
