package io.towpath.workflows.request;

/**
 * One field of a request as {@code describe} shows it.
 *
 * @param path JSON path, {@code runs[].pipeline}
 * @param type its form in words, {@code text}, {@code list of text}, …
 * @param required whether a request without it is refused
 * @param fallback what holds when it is left out; empty where that is nothing
 * @param text what it means
 */
public record FieldDoc(String path, String type, boolean required, String fallback, String text) {}
