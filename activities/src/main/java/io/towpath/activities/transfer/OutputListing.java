package io.towpath.activities.transfer;

import io.towpath.activities.glob.Globs;
import io.towpath.activities.http.ApiClient;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.store.PageWriter;
import io.towpath.activities.store.S3Documents;
import io.towpath.activities.store.S3Failures;
import io.towpath.activities.submit.Settle;
import io.towpath.activities.submit.SubmitLedger;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.transfer.ListOutputs;
import io.towpath.workflows.transfer.Outputs;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Lists what runs left behind, over all pages of all prefixes, in path order. */
final class OutputListing {
  private final S3Client s3;
  private final S3Documents documents;
  private final SubmitLedger ledger;

  OutputListing(S3Client s3, S3Documents documents, SubmitLedger ledger) {
    this.s3 = s3;
    this.documents = documents;
    this.ledger = ledger;
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

    private FoundObject found() {
      return new FoundObject(
          S3Uri.of(prefix.bucket(), next.key()), next.key().substring(prefix.key().length()), next);
    }

    private byte[] pathBytes() {
      return next.key().substring(prefix.key().length()).getBytes(StandardCharsets.UTF_8);
    }
  }

  /**
   * Lists, waits for what comes late, and lists again.
   *
   * @param heartbeat told the number of objects seen from time to time
   */
  Outputs list(ListOutputs request, Consumer<Object> heartbeat) {
    OutputRules rules =
        new OutputRules(
            new Globs(request.include(), request.exclude()),
            FirstLaunches.of(request.launches(), ledger));
    List<S3Uri> prefixes = distinct(request.from());
    Duration settle = Duration.ofMillis(request.settleMillis());
    Listing listing = new Listing(prefixes, rules, heartbeat);
    if (settle.isZero()) {
      return listing.write(request.result(), listing.count(), Optional.empty());
    }
    Outputs first = listing.write(request.result().resolve("first/"), 0, Optional.empty());
    new Settle(
            settle,
            ApiClient.CALL_TIMEOUT,
            () -> heartbeat.accept("settling"),
            () -> Settle.Limits.of(settle))
        .sleep(settle);
    return listing.write(
        request.result(),
        first.files().rows(),
        Optional.of(new KnownOutputs(documents, first.files())));
  }

  /** The same objects, gone through as often as it takes. */
  private final class Listing {
    private final List<S3Uri> prefixes;
    private final OutputRules rules;
    private final Consumer<Object> heartbeat;

    private Listing(List<S3Uri> prefixes, OutputRules rules, Consumer<Object> heartbeat) {
      this.prefixes = prefixes;
      this.rules = rules;
      this.heartbeat = heartbeat;
    }

    private long count() {
      long[] rows = {0};
      walk(found -> rows[0] += rules.take(found) ? 1 : 0);
      return rows[0];
    }

    /**
     * @param about how many rows there will be, which decides how long pages are
     */
    private Outputs write(S3Uri result, long about, Optional<KnownOutputs> known) {
      PageWriter rows = documents.writer(result, about);
      SortedOutputs sorted =
          new SortedOutputs(
              rules,
              row -> rows.add(row, row.sizeBytes()),
              row -> known.isEmpty() || known.get().had(row));
      walk(sorted::sort);
      return sorted.outputs(rows.finish());
    }

    private void walk(Consumer<FoundObject> each) {
      PriorityQueue<Source> sources =
          new PriorityQueue<>((a, b) -> Arrays.compareUnsigned(a.path, b.path));
      prefixes.forEach(prefix -> begin(prefix).ifPresent(sources::add));
      long seen = 0;
      for (Source first = sources.poll(); first != null; first = sources.poll()) {
        if (seen++ % 1_000 == 0) {
          heartbeat.accept(seen);
        }
        each.accept(first.found());
        Source source = first;
        if (asking(source.prefix, source::advance)) {
          sources.add(source);
        }
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

  private static <T> T asking(S3Uri prefix, Supplier<T> call) {
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
}
