package io.towpath.workflows.progress;

import java.time.Instant;
import java.util.Optional;

/**
 * One stage as people see it.
 *
 * @param name {@code check}, {@code stage}, {@code run}, {@code index}, {@code report}; runs beyond
 *     the first are {@code run NAME}
 * @param state {@code waiting}, {@code running}, {@code done}, {@code failed}, {@code skipped} or
 *     {@code cancelled}
 * @param text counts and names, one line
 * @param url where to look further, such as the run's watch page
 * @param since when it began
 * @param until when it ended
 */
public record StageView(
    String name,
    String state,
    String text,
    Optional<String> url,
    Optional<Instant> since,
    Optional<Instant> until) {}
