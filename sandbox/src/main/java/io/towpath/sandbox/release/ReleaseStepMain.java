package io.towpath.sandbox.release;

import java.io.IOException;
import java.util.Arrays;

/** The command {@code release-step} of the demo's image. */
public final class ReleaseStepMain {
  private static final String USAGE =
      """
      Usage: release-step process CONFIG --dataset NAME[,NAME]
             release-step release CONFIG
      process  reads the dataset's tables at their pinned versions and stores NAME.json and
               NAME_report.json in the destination; no new version when nothing has changed
      release  stores data_manifest.csv (id,version) of the files in the destination
      CONFIG is a file, an http(s) URL or a Synapse id. SYNAPSE_ENDPOINT names Synapse;
      SYNAPSE_AUTH_TOKEN_FILE is a file with the token, or SYNAPSE_AUTH_TOKEN the token itself.
      """;

  private ReleaseStepMain() {}

  /** Exit code 1 when it failed, 2 when it was called wrongly. */
  public static void main(String[] args) throws Exception {
    boolean process = args.length == 4 && args[0].equals("process") && args[2].equals("--dataset");
    boolean release = args.length == 2 && args[0].equals("release");
    if (!process && !release) {
      System.err.print(USAGE);
      System.exit(Arrays.asList(args).contains("--help") ? 0 : 2);
    }
    try {
      ReleaseStep step = new ReleaseStep(Synapse.of(System.getenv()), args[1]);
      if (release) {
        step.release();
      } else {
        for (String name : args[3].split(",", -1)) {
          step.process(name);
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      System.err.println("release-step: " + e.getMessage());
      System.exit(1);
    }
  }
}
