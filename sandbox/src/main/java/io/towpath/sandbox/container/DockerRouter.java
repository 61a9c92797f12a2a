package io.towpath.sandbox.container;

import io.towpath.sandbox.http.Route;
import io.towpath.sandbox.http.Router;
import io.towpath.sandbox.http.TemplateRouter;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds routes with and without the version in front; names of images may hold slashes. */
final class DockerRouter implements Router {
  static final int MINOR = 41;
  static final String VERSION = "1." + MINOR;

  private static final Pattern VERSIONED = Pattern.compile("/v(\\d{1,3})\\.(\\d{1,3})(/.*)");
  private static final Pattern IMAGE = Pattern.compile("/images/(.+)/json/?");

  private final TemplateRouter templates;

  DockerRouter(List<Route> routes) {
    this.templates = new TemplateRouter(List.of(""), routes);
  }

  @Override
  public Found find(Line line) {
    Matcher versioned = VERSIONED.matcher(line.rawPath());
    if (!versioned.matches()) {
      return unversioned(line, line.rawPath());
    }
    boolean tooNew =
        !versioned.group(1).equals("1") || Integer.parseInt(versioned.group(2)) > MINOR;
    String asked = versioned.group(1) + "." + versioned.group(2);
    return tooNew ? refused(line, asked) : unversioned(line, versioned.group(3));
  }

  private Found unversioned(Line line, String rawPath) {
    Matcher image = IMAGE.matcher(rawPath);
    String path =
        image.matches() ? "/images/" + image.group(1).replace("/", "%2F") + "/json" : rawPath;
    return templates.find(new Line(line.method(), path, line.query(), line.headers()));
  }

  private static Found refused(Line line, String asked) {
    String message =
        "client version " + asked + " is too new. Maximum supported API version is " + VERSION;
    Route refusal =
        Route.reading(line.method(), line.rawPath(), call -> Refusals.reply(400, message))
            .labelled(line.method() + " (newer version)");
    return Found.of(refusal, line.rawPath(), Map.of());
  }
}
