package io.towpath.activities.drs;

/**
 * An id.
 *
 * @param uri as everybody names it, {@code drs://…}
 * @param objectId as its own server names it
 * @param fresh whether it was made just now
 */
record Minted(String uri, String objectId, boolean fresh) {}
