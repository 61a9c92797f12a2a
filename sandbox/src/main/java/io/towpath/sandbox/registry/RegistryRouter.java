package io.towpath.sandbox.registry;

import io.towpath.sandbox.http.Route;
import io.towpath.sandbox.http.Router;
import io.towpath.sandbox.http.TemplateRouter;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds routes whose repository name holds slashes. */
final class RegistryRouter implements Router {
  private static final Pattern NAMED =
      Pattern.compile("/v2/(.+?)/((?:manifests|blobs|tags)/[^/]+|blobs/uploads/[^/]*)/?");

  private final TemplateRouter templates;

  RegistryRouter(List<Route> routes) {
    this.templates = new TemplateRouter(List.of(""), routes);
  }

  @Override
  public Found find(Line line) {
    Matcher named = NAMED.matcher(line.rawPath());
    String path =
        named.matches()
            ? "/v2/" + named.group(1).replace("/", "%2F") + "/" + named.group(2)
            : line.rawPath();
    return templates.find(new Line(line.method(), path, line.query(), line.headers()));
  }
}
