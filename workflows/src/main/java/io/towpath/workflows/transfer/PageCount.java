package io.towpath.workflows.transfer;

/** How many files a page held, and how many bytes had to be read for them. */
public record PageCount(long files, long bytesRead) {}
