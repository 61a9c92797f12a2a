package io.towpath.workflows.sevenbridges;

import io.towpath.workflows.model.S3Uri;
import java.util.Optional;

/**
 * One output file of one task, a line of a page.
 *
 * @param sample the sample
 * @param taskId the task
 * @param port id of the app's output; of a secondary file that of its primary one
 * @param fileId the platform's id; empty in the one line of a task without outputs
 * @param name the file's name
 * @param sizeBytes its size
 * @param uri where it lies in S3, if it does
 * @param app the app without its revision
 * @param revision the app's revision
 * @param status status of the task
 */
public record TaskOutput(
    String sample,
    String taskId,
    String port,
    String fileId,
    String name,
    long sizeBytes,
    Optional<S3Uri> uri,
    String app,
    int revision,
    String status) {}
