package io.towpath.sandbox.aws;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a job asks for.
 *
 * @param cpu in units of 1/1024 vCPU
 * @param memory in MiB
 */
record JobSize(long cpu, long memory) {
  static final JobSize NONE = new JobSize(0, 0);
  private static final int UNITS = 1024;
  private static final int LEAST_MEMORY = 4;

  /** Reads {@code resourceRequirements}; what they do not say is taken from the fallback. */
  static JobSize of(JsonNode requirements, JobSize fallback) {
    long cpu = fallback.cpu();
    long memory = fallback.memory();
    for (JsonNode one : requirements) {
      double value = number(one.path("value").asText());
      switch (one.path("type").asText()) {
        case "VCPU" -> cpu = Math.round(value * UNITS);
        case "MEMORY" -> memory = Math.round(value);
        default -> {}
      }
    }
    if (cpu <= 0) {
      throw BatchRefusals.client("Container vcpus should be greater than 0");
    }
    if (memory < LEAST_MEMORY) {
      throw BatchRefusals.client("Container memory should be at least 4 MiB");
    }
    return new JobSize(cpu, memory);
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw BatchRefusals.client("resourceRequirements has a value that is no number: " + text);
    }
  }

  void checkForFargate() {
    if (!FargateSizes.has(cpu, memory)) {
      throw BatchRefusals.client(
          "Fargate resource requirements ("
              + (double) cpu / UNITS
              + " vCPU, "
              + memory
              + " MiB) not valid.");
    }
  }
}
