package io.towpath.sandbox.synapse;

import io.towpath.sandbox.http.Route;
import io.towpath.sandbox.http.Router;
import io.towpath.sandbox.http.TemplateRouter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which of Synapse's services has which route: a path below another service's base is unknown. */
enum Services {
  REPOSITORY("/repo/v1"),
  FILE("/file/v1"),
  AUTHENTICATION("/auth/v1"),
  DRS("/ga4gh/drs/v1"),
  S3("");

  private final String base;

  Services(String base) {
    this.base = base;
  }

  String base() {
    return base;
  }

  static List<String> bases() {
    List<String> bases = new ArrayList<>();
    for (Services service : values()) {
      bases.add(service.base);
    }
    bases.sort(Comparator.comparing(String::length).reversed());
    return List.copyOf(bases);
  }

  static Services of(Route route) {
    String template = route.template();
    if (template.startsWith("/presigned")) {
      return S3;
    }
    if (template.startsWith("/objects/") || template.equals("/service-info")) {
      return DRS;
    }
    if (template.startsWith("/termsOfUse2")) {
      return AUTHENTICATION;
    }
    boolean file =
        template.matches("/(fileHandle|filehandles|externalFileHandle|file)(/.*)?")
            || template.contains("/uploadDestination");
    return file ? FILE : REPOSITORY;
  }

  /** Whether the throttle counts calls of the route (web.xml: repository and file only). */
  static boolean isThrottled(String path) {
    return !path.startsWith("/presigned/")
        && !path.startsWith("/objects/")
        && !path.startsWith("/service-info")
        && !path.startsWith("/termsOfUse2");
  }

  /** A router that looks below each base for that service's routes; all bases answer a bare GET. */
  static Router router(List<Route> routes) {
    Map<Services, List<Route>> own = new LinkedHashMap<>();
    for (Services service : values()) {
      own.put(service, new ArrayList<>());
    }
    for (Route route : routes) {
      if (route.template().equals("/")) {
        own.values().forEach(list -> list.add(route));
      } else {
        own.getOrDefault(of(route), List.of()).add(route);
      }
    }
    List<Router> routers = new ArrayList<>();
    own.forEach((service, list) -> routers.add(new TemplateRouter(List.of(service.base), list)));
    return line -> first(routers, line);
  }

  private static Router.Found first(List<Router> routers, Router.Line line) {
    Router.Found refused = Router.Found.nothing(line.rawPath(), java.util.Set.of());
    for (Router router : routers) {
      Router.Found found = router.find(line);
      if (found.route().isPresent()) {
        return found;
      }
      if (!found.allowed().isEmpty()) {
        refused = found;
      }
    }
    return refused;
  }
}
