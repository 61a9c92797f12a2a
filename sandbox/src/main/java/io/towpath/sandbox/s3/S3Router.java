package io.towpath.sandbox.s3;

import io.towpath.sandbox.http.Route;
import io.towpath.sandbox.http.Router;
import io.towpath.sandbox.http.Urls;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Names S3 requests as interface.md section 4 does: by method, query parameters and key. */
final class S3Router implements Router {
  static final Set<String> MUTATING =
      Set.of(
          "PUT object",
          "DELETE object",
          "POST uploads",
          "PUT part",
          "POST complete",
          "DELETE upload",
          "POST delete",
          "PUT bucket",
          "DELETE bucket",
          "PUT other",
          "POST other",
          "DELETE other");

  private final Function<String, Route> routes;

  S3Router(Function<String, Route> routes) {
    this.routes = routes;
  }

  @Override
  public Found find(Line line) {
    String[] parts = line.rawPath().split("/", 3);
    String bucket = parts.length > 1 ? Urls.decodePath(parts[1]) : "";
    String key = parts.length > 2 ? Urls.decodePath(parts[2]) : "";
    String label = label(line.method(), bucket, key, line.query().keySet());
    return Found.of(routes.apply(label), line.rawPath(), Map.of("bucket", bucket, "key", key));
  }

  static String label(String method, String bucket, String key, Set<String> query) {
    if (bucket.isEmpty()) {
      return method + " buckets";
    }
    return key.isEmpty() ? bucketLabel(method, query) : keyLabel(method, query);
  }

  private static String bucketLabel(String method, Set<String> query) {
    if (method.equals("POST") && query.contains("delete")) {
      return "POST delete";
    }
    if (method.equals("GET") && query.contains("uploads")) {
      return "GET uploads";
    }
    if (query.contains("location")) {
      return method + " location";
    }
    boolean plain = query.stream().noneMatch(S3Router::isSubresource);
    if (!plain) {
      return method + " other";
    }
    return method.equals("GET") ? "GET list" : method + " bucket";
  }

  private static boolean isSubresource(String parameter) {
    return Set.of(
            "acl",
            "cors",
            "encryption",
            "lifecycle",
            "logging",
            "notification",
            "object-lock",
            "ownershipControls",
            "policy",
            "policyStatus",
            "publicAccessBlock",
            "replication",
            "tagging",
            "versioning",
            "versions",
            "website")
        .contains(parameter);
  }

  private static String keyLabel(String method, Set<String> query) {
    boolean ofUpload = query.contains("uploadId");
    if (query.contains("acl")
        || query.contains("tagging")
        || query.contains("attributes")
        || query.contains("legal-hold")
        || query.contains("retention")) {
      return method + " other";
    }
    return switch (method) {
      case "POST" ->
          query.contains("uploads") ? "POST uploads" : ofUpload ? "POST complete" : "POST other";
      case "PUT" -> ofUpload ? "PUT part" : "PUT object";
      case "GET" -> ofUpload ? "GET parts" : "GET object";
      case "DELETE" -> ofUpload ? "DELETE upload" : "DELETE object";
      default -> method + " object";
    };
  }
}
