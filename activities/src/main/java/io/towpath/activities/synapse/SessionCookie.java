package io.towpath.activities.synapse;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import okhttp3.Cookie;
import okhttp3.CookieJar;
import okhttp3.HttpUrl;

/**
 * Keeps Synapse's {@code sessionID}: it is part of the throttle's key, and without it all workers
 * behind one address share one quota.
 */
final class SessionCookie implements CookieJar {
  private final ConcurrentMap<String, Cookie> byHost = new ConcurrentHashMap<>();

  @Override
  public void saveFromResponse(HttpUrl url, List<Cookie> cookies) {
    for (Cookie cookie : cookies) {
      if (cookie.name().equals("sessionID")) {
        byHost.put(url.host() + ":" + url.port(), cookie);
      }
    }
  }

  @Override
  public List<Cookie> loadForRequest(HttpUrl url) {
    Cookie cookie = byHost.get(url.host() + ":" + url.port());
    return cookie == null || !cookie.matches(url) ? List.of() : List.of(cookie);
  }
}
