package io.towpath.sandbox.container;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.control.Plans;
import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Platform;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.Route;
import io.towpath.sandbox.http.Router;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The engine as one port of the sandbox; like a socket, it asks nobody who they are. */
public final class ContainerPlatform implements Platform, AutoCloseable {
  private final Containers containers = new Containers();
  private final List<Route> routes = new ArrayList<>();

  public ContainerPlatform(ContainerSettings settings, Plans plans) {
    Images images = new Images(settings.puller());
    routes.addAll(new SystemRoutes(containers, images).routes());
    routes.addAll(new ImageRoutes(images).routes());
    routes.addAll(new ContainerRoutes(settings, containers, images).routes());
    routes.addAll(new LifeRoutes(containers, plans).routes());
    routes.addAll(new ArchiveRoutes(containers).routes());
    routes.addAll(new LogRoutes(containers).routes());
    routes.replaceAll(ContainerPlatform::signed);
  }

  /** Every answer tells the version of the API. */
  private static Route signed(Route route) {
    return new Route(
        route.method(),
        route.template(),
        route.label(),
        route.mutating(),
        route.streamed(),
        true,
        call ->
            route
                .endpoint()
                .handle(call)
                .with("Api-Version", DockerRouter.VERSION)
                .with("Docker-Experimental", "false")
                .with("Ostype", "linux"));
  }

  @Override
  public String name() {
    return "container";
  }

  @Override
  public List<String> bases() {
    return List.of("");
  }

  @Override
  public List<Route> routes() {
    return List.copyOf(routes);
  }

  @Override
  public Router router() {
    return new DockerRouter(routes);
  }

  @Override
  public Authentication authenticate(Call call) {
    return Authentication.anonymous();
  }

  @Override
  public Optional<Reply> throttle(Call call) {
    return Optional.empty();
  }

  @Override
  public Reply error(int status, String message) {
    boolean noRoute = status == 404 || status == 405;
    return Refusals.reply(noRoute ? 404 : status, noRoute ? "page not found" : message);
  }

  /**
   * The JSON body, or the query of calls without one, with the labels of the container that they
   * are about; of an archive never the files.
   */
  @Override
  public Optional<JsonNode> journalled(Call call) {
    ObjectNode query = JsonNodeFactory.instance.objectNode();
    call.query().forEach((name, values) -> query.put(name, String.join(",", values)));
    containers
        .find(call.variables().getOrDefault("id", ""))
        .ifPresent(container -> query.set("labels", container.body().path("Labels")));
    return Platform.super.journalled(call).or(() -> Optional.of(query));
  }

  /** Ends every program. */
  @Override
  public void close() throws IOException {
    for (Container container : containers.all()) {
      containers.remove(container);
    }
  }
}
