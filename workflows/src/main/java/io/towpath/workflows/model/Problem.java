package io.towpath.workflows.model;

/**
 * One thing that is wrong with a request, a manifest or a setting, for the person who must mend it.
 *
 * @param place field path ({@code runs[0].pipeline}), or sheet, line and column
 * @param text what was found, what is expected, and what to do
 */
public record Problem(String place, String text) {}
