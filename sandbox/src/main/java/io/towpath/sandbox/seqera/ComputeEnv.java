package io.towpath.sandbox.seqera;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A compute environment: AWS Batch in name, the sandbox's engine in truth. */
record ComputeEnv(
    String id,
    long workspaceId,
    String name,
    String status,
    boolean primary,
    String workDir,
    List<Label> labels) {
  static final String PLATFORM = "aws-batch";
  static final String REGION = "us-east-1";
  static final String CREDENTIALS = "4Vx9fQwqHnYb2LzKcT0aRd";
  private static final Instant CREATED = Instant.parse("2026-01-15T09:30:00Z");

  boolean available() {
    return status.equals("AVAILABLE");
  }

  /** An element of the list; unlike the detail it has no {@code config}. */
  ObjectNode listed(Workspace workspace, boolean withLabels) {
    ObjectNode node = Answers.object();
    node.put("id", id).put("name", name).put("platform", PLATFORM).put("status", status);
    node.put("message", available() ? null : "Compute environment is disabled");
    Answers.putTime(node, "lastUsed", Optional.empty());
    node.put("primary", primary).put("workspaceName", workspace.name());
    node.put("visibility", "PRIVATE").put("workDir", workDir);
    node.put("credentialsId", CREDENTIALS).put("region", REGION);
    node.put("fusion2Enabled", false).put("waveEnabled", false).putNull("description");
    setLabels(node, withLabels);
    return node;
  }

  ObjectNode detail(Workspace workspace, boolean withLabels) {
    ObjectNode node = core(workspace);
    setLabels(node, withLabels);
    return node;
  }

  /** The form inside launches, which has no labels. */
  ObjectNode core(Workspace workspace) {
    ObjectNode node = Answers.object();
    node.put("id", id).put("name", name).putNull("description");
    node.put("platform", PLATFORM).set("config", config());
    node.put("dateCreated", Answers.time(CREATED)).put("lastUpdated", Answers.time(CREATED));
    node.putNull("lastUsed").putNull("deleted");
    node.put("status", status).putNull("message").put("primary", primary);
    node.put("credentialsId", CREDENTIALS);
    node.put("orgId", workspace.orgId()).put("workspaceId", workspaceId);
    return node;
  }

  private ObjectNode config() {
    ObjectNode config = Answers.object();
    config.put("discriminator", PLATFORM).put("workDir", workDir).put("region", REGION);
    config.put("computeQueue", "towpath-demo-work").put("headQueue", "towpath-demo-head");
    config.put("preRunScript", "export NXF_OPTS='-Xms256m -Xmx1g'").put("postRunScript", "");
    config.put("nextflowConfig", "").put("cliPath", "/home/ec2-user/miniconda/bin/aws");
    config.put("waveEnabled", false).put("fusion2Enabled", false);
    config.putNull("headJobCpus").putNull("headJobMemoryMb");
    config.set("environment", Answers.array(Stream.empty()));
    config.set("volumes", Answers.array(Stream.empty()));
    return config;
  }

  private void setLabels(ObjectNode node, boolean wanted) {
    if (wanted) {
      node.set("labels", Answers.array(labels.stream().map(Label::json)));
    } else {
      node.putNull("labels");
    }
  }
}
