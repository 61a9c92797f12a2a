package io.towpath.sandbox.aws;

import io.towpath.sandbox.control.Plans;
import io.towpath.sandbox.http.Platform;
import io.towpath.sandbox.http.Route;
import io.towpath.sandbox.http.TemplateRouter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Batch, ECS, Logs and secrets of one account: each is a port, and they share what ran. */
public final class Aws implements AutoCloseable {
  private static final String REFUSED = "Rate exceeded";

  private final AwsSettings settings;
  private final Courses courses;
  private final LogStreams logs;
  private final BatchRealm batch;
  private final EcsRealm ecs;

  public Aws(AwsSettings settings, Plans plans) {
    this.settings = settings;
    this.courses = new Courses(settings, plans);
    this.logs = new LogStreams(settings.clock());
    this.batch = new BatchRealm(settings, courses, logs);
    this.ecs = new EcsRealm(settings, courses, logs);
  }

  /** Names of what exists from the start, as the seed tells them below {@code aws}. */
  public Map<String, String> seed() {
    Map<String, String> seed = new LinkedHashMap<>();
    seed.put("jobQueue", BatchRealm.QUEUE);
    seed.put("cluster", EcsRealm.CLUSTER);
    seed.put("executionRole", "arn:aws:iam::" + AwsSettings.ACCOUNT + ":role/towpath-demo");
    seed.put("subnet", "subnet-0a1b2c3d4e5f60718");
    seed.put("securityGroup", "sg-0a1b2c3d4e5f60718");
    settings.secrets().keySet().stream()
        .filter(name -> name.startsWith("arn:"))
        .forEach(arn -> seed.put("secret", arn));
    return seed;
  }

  /** AWS Batch. */
  public Platform batch() {
    List<Route> routes = new ArrayList<>(new JobDefinitionRoutes(batch).routes());
    routes.addAll(new JobRoutes(batch).routes());
    routes.addAll(new JobSearch(batch).routes());
    List<Route> signed = signed(Protocol.REST_JSON, routes);
    return new AwsPlatform(
        settings,
        new AwsPlatform.Service(
            "batch",
            Protocol.REST_JSON,
            new TemplateRouter(List.of(""), signed),
            signed,
            new TokenBucket(50, 50, settings.clock()),
            new AwsPlatform.Throttled(429, "TooManyRequestsException", REFUSED)));
  }

  /** Amazon ECS. */
  public Platform ecs() {
    List<Route> routes = new ArrayList<>(new TaskDefinitionRoutes(ecs).routes());
    routes.addAll(new RunTaskRoute(ecs).routes());
    routes.addAll(new TaskRoutes(ecs).routes());
    return json(
        "ecs",
        "AmazonEC2ContainerServiceV20141113",
        routes,
        new TokenBucket(100, 40, settings.clock()));
  }

  /** CloudWatch Logs. */
  public Platform logs() {
    return json(
        "logs",
        "Logs_20140328",
        new LogRoutes(logs).routes(),
        new TokenBucket(25, 25, settings.clock()));
  }

  /** Secrets Manager, as far as it is read. */
  public Platform secretsManager() {
    return json(
        "secretsmanager",
        "secretsmanager",
        new SecretRoutes(settings).ofManager(),
        new TokenBucket(100, 100, settings.clock()));
  }

  /** The Parameter Store, as far as it is read. */
  public Platform parameters() {
    return json(
        "ssm",
        "AmazonSSM",
        new SecretRoutes(settings).ofParameters(),
        new TokenBucket(40, 40, settings.clock()));
  }

  private Platform json(String name, String target, List<Route> routes, TokenBucket bucket) {
    List<Route> signed = signed(Protocol.JSON_1_1, routes);
    return new AwsPlatform(
        settings,
        new AwsPlatform.Service(
            name,
            Protocol.JSON_1_1,
            new TargetRouter(target, signed),
            signed,
            bucket,
            new AwsPlatform.Throttled(400, "ThrottlingException", REFUSED)));
  }

  private List<Route> signed(Protocol protocol, List<Route> routes) {
    return routes.stream().map(route -> AwsPlatform.signed(settings, protocol, route)).toList();
  }

  /** Ends every program. */
  @Override
  public void close() throws IOException {
    courses.close();
  }
}
