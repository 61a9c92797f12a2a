package io.towpath.activities.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.store.S3Clients;
import io.towpath.activities.store.S3Documents;
import io.towpath.activities.store.S3Failures;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.S3Uri;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Small JSON objects that are written once and never again. Each carries its writer's nonce, so
 * that a writer that got no answer can see whether the object is its own.
 */
final class CreateOnlyStore {
  private static final String NONCE = "nonce";
  private static final int UNCLEAR_PROBES = 5;
  private static final int CONTESTED_ROUNDS = 5;

  /** A create: the object that lies there now, and whether this call wrote it. */
  record Created(boolean own, JsonNode body) {}

  private final S3Clients s3;

  CreateOnlyStore(S3Clients s3) {
    this.s3 = s3;
  }

  /** Writes the object unless there is one; on 412, 409 or silence what lies there decides. */
  Created create(S3Uri uri, Object content) {
    ObjectNode body = S3Documents.JSON.valueToTree(content);
    body.put(NONCE, UUID.randomUUID().toString());
    for (int round = 1; ; round++) {
      SdkException refusal;
      try {
        put(uri, body);
        return new Created(true, body);
      } catch (SdkException e) {
        refusal = e;
      }
      if (!leavesOpen(refusal)) {
        throw S3Failures.of("s3:PutObject", uri, refusal);
      }
      Optional<JsonNode> found = read(uri);
      if (found.isPresent()) {
        return new Created(body.get(NONCE).equals(found.get().path(NONCE)), found.get());
      }
      if (!contested(refusal) || round == CONTESTED_ROUNDS) {
        throw unclear(uri, refusal);
      }
    }
  }

  Optional<JsonNode> read(S3Uri uri) {
    try {
      ResponseBytes<GetObjectResponse> bytes =
          s3.repeating().getObjectAsBytes(r -> r.bucket(uri.bucket()).key(uri.key()));
      return Optional.of(S3Documents.JSON.readTree(bytes.asByteArrayUnsafe()));
    } catch (SdkException e) {
      return absentOr(uri, e);
    } catch (IOException e) {
      throw new PlatformException(
          FailureKind.INPUT_REJECTED,
          uri + " is not JSON: somebody else writes into the ledger's folder",
          0,
          Optional.empty(),
          e);
    }
  }

  boolean exists(S3Uri uri) {
    return writtenAt(uri).isPresent();
  }

  /** The store's own time of the object, to the second; empty when there is none. */
  Optional<Instant> writtenAt(S3Uri uri) {
    try {
      return Optional.of(
          s3.repeating().headObject(r -> r.bucket(uri.bucket()).key(uri.key())).lastModified());
    } catch (SdkException e) {
      return absentOr(uri, e);
    }
  }

  /** Every object whose key begins with that of {@code prefix}, over all pages. */
  Stream<S3Object> list(S3Uri prefix) {
    return S3Failures.asking(
        "s3:ListBucket",
        prefix,
        () ->
            s3
                .repeating()
                .listObjectsV2Paginator(r -> r.bucket(prefix.bucket()).prefix(prefix.key()))
                .contents()
                .stream()
                .toList()
                .stream());
  }

  /** Names of what lies directly in a folder, over all pages; folders end with a slash. */
  List<String> names(S3Uri folder) {
    int length = folder.key().length();
    return S3Failures.asking(
        "s3:ListBucket",
        folder,
        () ->
            s3
                .repeating()
                .listObjectsV2Paginator(
                    r -> r.bucket(folder.bucket()).prefix(folder.key()).delimiter("/"))
                .stream()
                .flatMap(CreateOnlyStore::keys)
                .map(key -> key.substring(length))
                .toList());
  }

  private static Stream<String> keys(ListObjectsV2Response page) {
    return Stream.concat(
        page.commonPrefixes().stream().map(CommonPrefix::prefix),
        page.contents().stream().map(S3Object::key));
  }

  /**
   * Creates one object twice; a store that lets the second one pass cannot hold a ledger. A call
   * without an answer is made again: a worker does not stay away because of one.
   */
  void probe(S3Uri uri) {
    int unclear = 0;
    for (int time = 1; time <= 2; time++) {
      try {
        put(uri, S3Documents.JSON.createObjectNode().put("probe", "create-only"));
      } catch (SdkException e) {
        if (e instanceof S3Exception refusal && refusal.statusCode() == 412) {
          return;
        }
        if (!leavesOpen(e) || ++unclear == UNCLEAR_PROBES) {
          throw S3Failures.of("s3:PutObject", uri, e);
        }
        time = 0;
      }
    }
    throw new PlatformException(
        FailureKind.INPUT_REJECTED,
        "the store of "
            + uri
            + " overwrote an object in spite of If-None-Match: * (expected HTTP 412), so no ledger"
            + " can be kept there; choose another store for TOWPATH_LEDGER");
  }

  private void put(S3Uri uri, JsonNode body) {
    s3.once()
        .putObject(
            r ->
                r.bucket(uri.bucket())
                    .key(uri.key())
                    .ifNoneMatch("*")
                    .contentType("application/json"),
            RequestBody.fromBytes(body.toPrettyString().getBytes(StandardCharsets.UTF_8)));
  }

  private static boolean leavesOpen(SdkException e) {
    if (e instanceof S3Exception refusal) {
      int status = refusal.statusCode();
      return status == 412 || status == 409 || status == 408 || (status >= 500 && status != 501);
    }
    return S3Failures.of("s3:PutObject", new S3Uri("s3://ledger"), e).kind()
        == FailureKind.PLATFORM_UNAVAILABLE;
  }

  /** S3 answers 409 while another write of the key is under way, which may yet fail. */
  private static boolean contested(SdkException e) {
    return e instanceof S3Exception refusal
        && (refusal.statusCode() == 409 || refusal.statusCode() == 412);
  }

  private static <T> Optional<T> absentOr(S3Uri uri, SdkException e) {
    if (e instanceof S3Exception refusal
        && refusal.statusCode() == 404
        && !S3Failures.codeOf(refusal).equals("NoSuchBucket")) {
      return Optional.empty();
    }
    throw S3Failures.of("s3:GetObject", uri, e);
  }

  private static PlatformException unclear(S3Uri uri, SdkException e) {
    return new PlatformException(
        FailureKind.PLATFORM_UNAVAILABLE,
        "writing " + uri + " got no clear answer and it is not there; the next attempt asks again",
        e instanceof S3Exception refusal ? refusal.statusCode() : 0,
        Optional.empty(),
        e);
  }
}
