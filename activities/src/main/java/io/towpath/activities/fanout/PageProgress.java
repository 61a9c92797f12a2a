package io.towpath.activities.fanout;

/** How far a page is: small enough to be a heartbeat's details. */
public record PageProgress(int done, int items) {}
