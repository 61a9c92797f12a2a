package io.towpath.workflows.samplesheet;

/**
 * A user's own activity, in any language, that makes the sheet which the pipeline gets.
 *
 * @param name activity type
 * @param taskQueue the queue on which the user's worker polls
 */
public record ForeignStep(String name, String taskQueue) {}
