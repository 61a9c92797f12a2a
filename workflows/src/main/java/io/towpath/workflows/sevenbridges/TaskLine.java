package io.towpath.workflows.sevenbridges;

import java.util.Optional;

/**
 * One sample's task as a report tells of it.
 *
 * @param reruns new attempts within this generation
 * @param price what it cost, {@code 1.25 USD}; empty where the platform does not say
 * @param url where people look at it
 * @param problem why it failed, in at most 300 characters
 */
public record TaskLine(
    String sample,
    String taskId,
    String status,
    int reruns,
    Optional<String> price,
    String url,
    Optional<String> problem) {}
