package io.towpath.sandbox.registry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Endpoint;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.ReplyException;
import io.towpath.sandbox.http.Route;
import io.towpath.sandbox.image.ImageRegistry;
import io.towpath.sandbox.image.ImageRegistry.Manifest;
import io.towpath.sandbox.image.MediaType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What pulling asks for: manifests, blobs, tags. */
final class PullRoutes {
  private static final Pattern DIGEST = Pattern.compile("sha256:[a-f0-9]{64}");
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d*)-(\\d*)");
  private static final String OCTETS = "application/octet-stream";

  private final ImageRegistry registry;

  PullRoutes(ImageRegistry registry) {
    this.registry = registry;
  }

  List<Route> routes() {
    return List.of(
        reading("GET", "/v2/{name}/manifests/{reference}", this::manifest),
        reading("HEAD", "/v2/{name}/manifests/{reference}", this::manifest),
        reading("GET", "/v2/{name}/blobs/{digest}", this::blob),
        reading("HEAD", "/v2/{name}/blobs/{digest}", this::blob),
        reading("GET", "/v2/{name}/tags/list", this::tags));
  }

  private static Route reading(String method, String template, Endpoint endpoint) {
    return Route.reading(
        method,
        template,
        call -> endpoint.handle(call).with("Docker-Distribution-Api-Version", "registry/2.0"));
  }

  /** As the reference server does it, a manifest is only shown to whoever says to understand it. */
  private Reply manifest(Call call) {
    String name = known(call);
    String reference = call.variable("reference");
    Manifest manifest =
        registry
            .manifest(name, reference)
            .orElseThrow(
                () ->
                    Refusals.notFound(
                        "MANIFEST_UNKNOWN",
                        "manifest unknown",
                        reference.contains(":") ? "Digest" : "Tag",
                        reference));
    if (!accepts(call, manifest.mediaType())) {
      String what = manifest.mediaType().equals(MediaType.INDEX) ? "index" : "manifest";
      String words = what.equals("index") ? "OCI indexes" : "OCI manifests";
      throw new ReplyException(
          Refusals.reply(
              404,
              "MANIFEST_UNKNOWN",
              "OCI " + what + " found, but accept header does not support " + words));
    }
    return addressed(
        call,
        manifest.digest(),
        Reply.bytes(200, manifest.mediaType(), manifest.content())
            .with("Docker-Content-Digest", manifest.digest()));
  }

  private static boolean accepts(Call call, String mediaType) {
    return call.headers().getOrDefault("accept", List.of()).stream()
        .flatMap(header -> Arrays.stream(header.split(",", -1)))
        .map(item -> item.replaceFirst(";.*$", "").strip())
        .anyMatch(mediaType::equalsIgnoreCase);
  }

  private Reply blob(Call call) {
    String name = known(call);
    String digest = call.variable("digest");
    if (!DIGEST.matcher(digest).matches()) {
      throw new ReplyException(
          Refusals.reply(400, "DIGEST_INVALID", "provided digest did not match uploaded content"));
    }
    byte[] content =
        registry
            .blob(name, digest)
            .orElseThrow(
                () ->
                    Refusals.notFound(
                        "BLOB_UNKNOWN", "blob unknown to registry", "digest", digest));
    Reply whole = Reply.bytes(200, OCTETS, content);
    Reply reply = call.header("range").map(range -> part(range, content)).orElse(whole);
    return addressed(
        call, digest, reply.with("Docker-Content-Digest", digest).with("Accept-Ranges", "bytes"));
  }

  /** One range; whatever else a Range header says is passed over, as HTTP allows. */
  private static Reply part(String range, byte[] content) {
    Matcher parts = RANGE.matcher(range.strip());
    if (!parts.matches() || range.strip().equals("bytes=-")) {
      return Reply.bytes(200, OCTETS, content);
    }
    int size = content.length;
    boolean suffix = parts.group(1).isEmpty();
    long first = suffix ? Math.max(0, size - number(parts.group(2))) : number(parts.group(1));
    boolean open = suffix || parts.group(2).isEmpty();
    long last = open ? size - 1 : Math.min(size - 1, number(parts.group(2)));
    if (first > last) {
      return Reply.empty(416).with("Content-Range", "bytes */" + size);
    }
    byte[] asked = Arrays.copyOfRange(content, (int) first, (int) last + 1);
    return Reply.bytes(206, OCTETS, asked)
        .with("Content-Range", "bytes " + first + "-" + last + "/" + size);
  }

  private static long number(String digits) {
    return digits.length() > 15 ? Long.MAX_VALUE : Long.parseLong(digits);
  }

  /** The answer, or 304 for whoever has it already. */
  private static Reply addressed(Call call, String digest, Reply reply) {
    String etag = "\"" + digest + "\"";
    boolean had = call.header("if-none-match").filter(etag::equals).isPresent();
    return (had ? Reply.empty(304) : reply).with("Etag", etag);
  }

  /** Pages only for whoever asks for pages. */
  private Reply tags(Call call) {
    String name = known(call);
    String last = call.query("last").orElse("");
    List<String> after =
        registry.tags(name).stream().filter(tag -> tag.compareTo(last) > 0).toList();
    Optional<Integer> most =
        call.query("n").filter(n -> n.matches("\\d{1,6}")).map(Integer::valueOf);
    List<String> page = after.subList(0, Math.min(after.size(), most.orElse(after.size())));
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("name", name);
    ArrayNode tags = body.putArray("tags");
    page.forEach(tags::add);
    Reply reply = Reply.json(200, body);
    if (page.size() == after.size() || page.isEmpty()) {
      return reply;
    }
    String next = "/v2/" + name + "/tags/list?last=" + page.get(page.size() - 1);
    return reply.with("Link", "<" + next + "&n=" + page.size() + ">; rel=\"next\"");
  }

  private String known(Call call) {
    String name = call.variable("name");
    if (!registry.has(name)) {
      throw Refusals.notFound(
          "NAME_UNKNOWN", "repository name not known to registry", "name", name);
    }
    return name;
  }
}
