package io.towpath.activities.transfer;

import io.towpath.activities.glob.Globs;
import io.towpath.activities.http.ApiClient;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.store.S3Documents;
import io.towpath.activities.store.S3Failures;
import io.towpath.activities.submit.Settle;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.transfer.ListOutputs;
import io.towpath.workflows.transfer.OutputFile;
import io.towpath.workflows.transfer.Outputs;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Lists what runs left behind, over all pages of all prefixes, in path order. */
final class OutputListing {
  private static final int MOST_PATHS = 50;

  private final S3Client s3;
  private final S3Documents documents;

  OutputListing(S3Client s3, S3Documents documents) {
    this.s3 = s3;
    this.documents = documents;
  }

  /** One prefix, and the object of it that comes next. */
  private static final class Source {
    private final S3Uri prefix;
    private final Iterator<S3Object> objects;
    private S3Object next;
    private byte[] path;

    private Source(S3Uri prefix, Iterator<S3Object> objects) {
      this.prefix = prefix;
      this.objects = objects;
      this.next = objects.next();
      this.path = pathBytes();
    }

    private boolean advance() {
      if (!objects.hasNext()) {
        return false;
      }
      next = objects.next();
      path = pathBytes();
      return true;
    }

    private String path() {
      return next.key().substring(prefix.key().length());
    }

    private byte[] pathBytes() {
      return path().getBytes(StandardCharsets.UTF_8);
    }
  }

  /**
   * Lists, waits for what comes late, and lists again.
   *
   * @param heartbeat told the number of objects seen from time to time
   */
  Outputs list(ListOutputs request, Consumer<Object> heartbeat) {
    Duration settle = Duration.ofMillis(request.settleMillis());
    if (settle.isZero()) {
      return list(request, request.result(), Optional.empty(), heartbeat);
    }
    Outputs first = list(request, request.result().resolve("first/"), Optional.empty(), heartbeat);
    new Settle(settle, ApiClient.CALL_TIMEOUT, () -> heartbeat.accept("settling"), () -> settle)
        .sleep(settle);
    return list(
        request,
        request.result(),
        Optional.of(new KnownOutputs(documents, first.files())),
        heartbeat);
  }

  /** Goes through all pages twice: the first time only to know how long ours must be. */
  private Outputs list(
      ListOutputs request, S3Uri result, Optional<KnownOutputs> known, Consumer<Object> heartbeat) {
    Globs globs = new Globs(request.include(), request.exclude());
    List<S3Uri> prefixes = distinct(request.from());
    long[] seen = {0};
    Consumer<Source> counted =
        source -> {
          if (seen[0]++ % 1_000 == 0) {
            heartbeat.accept(seen[0]);
          }
        };
    long[] rows = {0};
    walk(prefixes, counted.andThen(s -> rows[0] += globs.take(s.path()) ? 1 : 0));
    Sorter sorter = new Sorter(globs, documents.writer(result, rows[0]), known);
    walk(prefixes, counted.andThen(sorter::sort));
    return sorter.outputs();
  }

  private void walk(List<S3Uri> prefixes, Consumer<Source> each) {
    PriorityQueue<Source> sources =
        new PriorityQueue<>((a, b) -> Arrays.compareUnsigned(a.path, b.path));
    for (S3Uri prefix : prefixes) {
      begin(prefix).ifPresent(sources::add);
    }
    for (Source first = sources.poll(); first != null; first = sources.poll()) {
      each.accept(first);
      Source source = first;
      if (asking(source.prefix, source::advance)) {
        sources.add(source);
      }
    }
  }

  private Optional<Source> begin(S3Uri prefix) {
    return asking(
        prefix,
        () -> {
          Iterator<S3Object> objects =
              s3.listObjectsV2Paginator(
                      r ->
                          r.bucket(prefix.bucket())
                              .prefix(prefix.key())
                              .encodingType(EncodingType.URL))
                  .contents()
                  .iterator();
          return objects.hasNext() ? Optional.of(new Source(prefix, objects)) : Optional.empty();
        });
  }

  private static <T> T asking(S3Uri prefix, java.util.function.Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException e) {
      throw S3Failures.of("s3:ListBucket", prefix, e);
    }
  }

  private static List<S3Uri> distinct(List<S3Uri> from) {
    List<S3Uri> prefixes = from.stream().map(S3Uri::asFolder).distinct().toList();
    for (S3Uri outer : prefixes) {
      for (S3Uri inner : prefixes) {
        if (!inner.equals(outer) && inner.value().startsWith(outer.value())) {
          throw new PlatformException(
              FailureKind.INPUT_REJECTED,
              "index.from names " + inner + ", which lies below " + outer + "; name only one");
        }
      }
    }
    return prefixes;
  }

  /** Puts each object where it belongs: a row, a zero-byte path, or a count. */
  private static final class Sorter {
    private final Globs globs;
    private final S3Documents.PageWriter rows;
    private final Optional<KnownOutputs> known;
    private final List<String> zeroByte = new ArrayList<>();
    private final List<String> late = new ArrayList<>();
    private long zeroBytes;
    private long lateCount;
    private long skipped;

    private Sorter(Globs globs, S3Documents.PageWriter rows, Optional<KnownOutputs> known) {
      this.globs = globs;
      this.rows = rows;
      this.known = known;
    }

    private void sort(Source source) {
      S3Object object = source.next;
      String path = source.path();
      if (object.size() == 0 && (path.isEmpty() || path.endsWith("/"))) {
        return;
      }
      if (!globs.take(path)) {
        skipped++;
      } else if (object.size() == 0) {
        zeroBytes++;
        if (zeroByte.size() < MOST_PATHS) {
          zeroByte.add(path);
        }
      } else {
        add(row(source.prefix, path, object));
      }
    }

    private void add(OutputFile row) {
      rows.add(row, row.sizeBytes());
      if (known.isPresent() && !known.get().had(row)) {
        lateCount++;
        if (late.size() < MOST_PATHS) {
          late.add(row.path());
        }
      }
    }

    private static OutputFile row(S3Uri prefix, String path, S3Object object) {
      return new OutputFile(
          S3Uri.of(prefix.bucket(), object.key()),
          path,
          object.size(),
          Md5.plain(object.eTag()),
          Optional.empty());
    }

    private Outputs outputs() {
      return new Outputs(rows.finish(), skipped, zeroByte, zeroBytes, late, lateCount);
    }
  }
}
