package io.towpath.sandbox.s3;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Endpoint;
import io.towpath.sandbox.http.Platform;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.Route;
import io.towpath.sandbox.http.Router;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The S3 that clients see: S3Proxy, with what it lacks of S3's rules. */
final class S3Platform implements Platform {
  private static final Pattern SIGNER = Pattern.compile("(?:Credential=|^AWS )([^/:,\\s]+)");
  private static final Set<String> OF_PARTS = Set.of("PUT part", "GET parts");
  private static final Set<String> WRITES_KEY =
      Set.of("PUT object", "DELETE object", "POST complete");

  private final Forwarder forwarder;
  private final ObjectStore store;
  private final Uploads uploads;
  private final HiddenKeys hidden;
  private final S3Access access;
  private final KeyLocks locks = new KeyLocks();
  private final Map<String, Route> routes = new ConcurrentHashMap<>();

  S3Platform(Forwarder forwarder, S3ObjectStore store, HiddenKeys hidden, S3Access access) {
    this.forwarder = forwarder;
    this.store = store;
    this.uploads = new Uploads(store);
    this.hidden = hidden;
    this.access = access;
  }

  @Override
  public String name() {
    return "s3";
  }

  @Override
  public List<String> bases() {
    return List.of("");
  }

  @Override
  public List<Route> routes() {
    return List.of();
  }

  @Override
  public Router router() {
    return new S3Router(label -> routes.computeIfAbsent(label, this::route));
  }

  private Route route(String label) {
    Endpoint endpoint =
        WRITES_KEY.contains(label) ? call -> write(label, call) : call -> forward(label, call);
    return new Route(
        label.substring(0, label.indexOf(' ')),
        "/{key+}",
        label,
        S3Router.MUTATING.contains(label),
        true,
        false,
        endpoint);
  }

  @Override
  public boolean collapsesSlashes() {
    return false;
  }

  /** Signatures are S3Proxy's to check; here only who may touch which bucket. */
  @Override
  public Authentication authenticate(Call call) {
    Optional<String> signer = signer(call);
    for (String bucket : Forwarder.buckets(call)) {
      Optional<Reply> refusal = access.refuse(signer, call.method(), bucket);
      if (refusal.isPresent()) {
        return Authentication.refused(refusal.get());
      }
    }
    return signer.<Authentication>map(Authentication::of).orElse(Authentication.anonymous());
  }

  private static Optional<String> signer(Call call) {
    Optional<String> header = call.header("authorization");
    if (header.isPresent()) {
      Matcher found = SIGNER.matcher(header.get());
      return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }
    return call.query("X-Amz-Credential").map(credential -> credential.split("/", 2)[0]);
  }

  @Override
  public Optional<Reply> throttle(Call call) {
    return Optional.empty();
  }

  @Override
  public Reply error(int status, String message) {
    String code =
        switch (status) {
          case 405 -> "MethodNotAllowed";
          case 500 -> "InternalError";
          default -> "InvalidRequest";
        };
    return S3Errors.reply(status, code, message);
  }

  /** Where, and how many bytes were announced, whether or not all of them came. */
  @Override
  public Optional<JsonNode> journalled(Call call) {
    return Optional.of(
        JsonNodeFactory.instance
            .objectNode()
            .put("bucket", call.variable("bucket"))
            .put("key", call.variable("key"))
            .put("bytes", announced(call)));
  }

  /** A body that is sent in chunks, each signed, announces its own length beside theirs. */
  private static long announced(Call call) {
    return call.header("x-amz-decoded-content-length")
        .or(() -> call.header("content-length"))
        .filter(length -> length.matches("\\d{1,18}"))
        .map(Long::valueOf)
        .orElse(0L);
  }

  private Reply write(String label, Call call) throws IOException {
    ReentrantLock lock = locks.of(call.variable("bucket"), call.variable("key"));
    lock.lock();
    try {
      Optional<Reply> refusal = CopyConditions.refuse(call, store);
      return refusal.isPresent() ? refusal.get() : forward(label, call);
    } finally {
      lock.unlock();
    }
  }

  private Reply forward(String label, Call call) throws IOException {
    Optional<Reply> refusal = OF_PARTS.contains(label) ? uploads.refuse(call) : Optional.empty();
    Reply reply = refusal.isPresent() ? refusal.get() : forwarder.forward(call);
    if (reply.status() >= 300) {
      return reply;
    }
    Reply shown = adapt(label, call, reply);
    return S3Router.MUTATING.contains(label) ? changed(call, shown) : shown;
  }

  private Reply adapt(String label, Call call, Reply reply) throws IOException {
    String bucket = call.variable("bucket");
    switch (label) {
      case "POST uploads" -> {
        String answer = Listings.text(reply);
        uploads.begun(call, answer);
        return Listings.again(reply, answer);
      }
      case "POST complete", "DELETE upload" -> {
        uploads.ended(call);
        return reply;
      }
      case "GET list" -> {
        return hidden.any()
            ? Listings.withoutKeys(reply, key -> hidden.isHidden(bucket, key))
            : reply;
      }
      case "GET buckets" -> {
        return Listings.withoutBuckets(reply, access::isProtected);
      }
      default -> {
        return reply;
      }
    }
  }

  private Reply changed(Call call, Reply reply) {
    String bucket = call.variable("bucket");
    String key = call.variable("key");
    if (!call.hideFor().isZero()) {
      hidden.hide(bucket, key, call.hideFor());
    }
    return key.isEmpty()
        ? reply.changed("bucket", bucket, bucket)
        : reply.changed("object", "s3://" + bucket + "/" + key, key);
  }
}
