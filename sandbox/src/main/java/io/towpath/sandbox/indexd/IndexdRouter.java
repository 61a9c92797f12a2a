package io.towpath.sandbox.indexd;

import io.towpath.sandbox.http.Route;
import io.towpath.sandbox.http.Router;
import io.towpath.sandbox.http.TemplateRouter;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds routes with and without the {@code /index} that Gen3's proxy puts before them; ids may hold
 * slashes ({@code dg.4503/…}).
 */
final class IndexdRouter implements Router {
  private static final Pattern PROXIED =
      Pattern.compile(
          "/index(/(?:index|bulk|guid|bundle|urls|ga4gh|_status|_version|_stats|_dist)(?:/.*)?)");
  private static final Pattern OWN =
      Pattern.compile(
          "/(?:index|bulk/documents|guid/(?:mint|prefix)|urls|bundle|_status|_version|_stats|_dist"
              + "|ga4gh/drs/v1/(?:service-info|objects))/?");
  private static final List<Pattern> IDS =
      List.of(
          Pattern.compile("(/index/)(.+?)(/aliases/)(.+)"),
          Pattern.compile("(/index/)(.+?)(/(?:aliases|versions|latest)/?)()"),
          Pattern.compile("(/ga4gh/drs/v1/objects/)(.+)(/access/[^/]+/?)()"),
          Pattern.compile("(/(?:index|bundle|ga4gh/drs/v1/objects)/)(.+)()()"),
          Pattern.compile("(/)(.+)()()"));

  private final TemplateRouter templates;

  IndexdRouter(List<Route> routes) {
    this.templates = new TemplateRouter(List.of(""), routes);
  }

  @Override
  public Found find(Line line) {
    return templates.find(
        new Line(line.method(), plain(line.rawPath()), line.query(), line.headers()));
  }

  /** The path without the proxy's part, with each id as one segment. */
  private static String plain(String rawPath) {
    Matcher proxied = PROXIED.matcher(rawPath);
    String path = proxied.matches() ? proxied.group(1) : rawPath;
    if (OWN.matcher(path).matches()) {
      return path;
    }
    for (Pattern ids : IDS) {
      Matcher found = ids.matcher(path);
      if (found.matches()) {
        return found.group(1) + segment(found.group(2)) + found.group(3) + segment(found.group(4));
      }
    }
    return path;
  }

  private static String segment(String id) {
    return id.replaceFirst("/$", "").replace("/", "%2F");
  }
}
