package io.towpath.activities.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * One file on its way to a volume.
 *
 * @param location where it goes on the volume
 * @param jobId empty where no job was taken
 * @param ended whether there is nothing to wait for
 * @param code the platform's error code; 0 without an error
 * @param error the platform's words
 */
record ExportJob(
    String fileId,
    String location,
    Optional<String> jobId,
    boolean ended,
    int code,
    Optional<String> error) {

  /** What a bulk call answered: a job, or an error instead. */
  static ExportJob answered(String fileId, String location, JsonNode item) {
    ExportJob none = new ExportJob(fileId, location, Optional.empty(), false, 0, Optional.empty());
    return item.path("resource").hasNonNull("id")
        ? none.seen(item.path("resource"))
        : none.failed(BulkError.of(item));
  }

  /** The job as it shows itself now; states that this version does not know are no end. */
  ExportJob seen(JsonNode job) {
    ExportJob now =
        new ExportJob(
            fileId,
            location,
            Optional.of(job.path("id").asText("")),
            job.path("state").asText("").equals("COMPLETED"),
            0,
            Optional.empty());
    return job.path("state").asText("").equals("FAILED")
        ? now.failed(BulkError.ofError(job.path("error")))
        : now;
  }

  private ExportJob failed(BulkError reason) {
    return new ExportJob(fileId, location, jobId, true, reason.code(), Optional.of(reason.words()));
  }
}
