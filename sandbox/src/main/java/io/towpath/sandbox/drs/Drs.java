package io.towpath.sandbox.drs;

import io.towpath.sandbox.http.Platform;

/** The platform's DRS: one set of objects behind the minting routes and two GA4GH servers. */
public final class Drs {
  private final DrsRegistry registry;

  public Drs(DrsSettings settings, FileSource files) {
    this.registry = new DrsRegistry(settings, files);
  }

  /** The routes that mint, which the Seven Bridges API serves. */
  public DrsInternal internal() {
    return new DrsInternal(registry);
  }

  /** A GA4GH server, to be served on a port of its own. */
  public Platform server(Profile profile) {
    return new DrsPlatform(registry, profile);
  }

  /** Fills the stand-in without going through HTTP. */
  public DrsSeed seed() {
    return new DrsSeed(registry);
  }
}
