package io.towpath.activities.transfer;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.time.Duration;

/** A signed URL: whoever has it can read the file, so it prints as nothing and is never stored. */
public final class SourceUrl {
  private final URI uri;
  private final Duration life;

  /**
   * @param uri the URL; only GET is signed
   * @param life how long after it was asked for a download may begin
   */
  public SourceUrl(URI uri, Duration life) {
    this.uri = uri;
    this.life = life;
  }

  public Duration life() {
    return life;
  }

  URL reveal() throws MalformedURLException {
    return uri.toURL();
  }

  @Override
  public String toString() {
    return "(signed URL)";
  }
}
