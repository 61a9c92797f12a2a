package io.towpath.sandbox.s3;

import java.io.InputStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Spares S3Proxy from reading everything below a prefix anew for each page of its listing: it is
 * read once, and further pages are cut from that until something is written below the prefix.
 */
final class WholeListings extends ForwardingBlobStore {
  private static final int MOST_LISTINGS = 8;

  private record Place(String bucket, String prefix) {
    boolean holds(String otherBucket, String key) {
      return bucket.equals(otherBucket) && key.startsWith(prefix);
    }
  }

  /** Objects as they were read, in key order; empty since something was written. */
  private static final class Listing {
    private Optional<List<S3Object>> objects = Optional.empty();
    private int writes;
  }

  private final Map<Place, Listing> listings = new LinkedHashMap<>(16, 0.75f, true);

  WholeListings(BlobStore store) {
    super(store);
  }

  @Override
  public ListObjectsV2Response list(ListObjectsV2Request request) {
    boolean paged = request.maxKeys() != null && request.maxKeys() > 0;
    if (!paged || (request.delimiter() != null && !request.delimiter().isEmpty())) {
      return super.list(request);
    }
    String prefix = Optional.ofNullable(request.prefix()).orElse("");
    String behind =
        Optional.ofNullable(request.continuationToken())
            .or(() -> Optional.ofNullable(request.startAfter()))
            .orElse("");
    return page(whole(new Place(request.bucket(), prefix)), behind, request.maxKeys());
  }

  private static ListObjectsV2Response page(List<S3Object> all, String behind, int most) {
    S3Object marker = S3Object.builder().key(behind).build();
    int found = Collections.binarySearch(all, marker, (a, b) -> a.key().compareTo(b.key()));
    int from = found >= 0 ? found + 1 : -found - 1;
    int to = Math.min(all.size(), from + most);
    ListObjectsV2Response.Builder page =
        ListObjectsV2Response.builder()
            .contents(all.subList(from, to))
            .isTruncated(to < all.size());
    return to < all.size()
        ? page.nextContinuationToken(all.get(to - 1).key()).build()
        : page.build();
  }

  private List<S3Object> whole(Place place) {
    int writes;
    synchronized (listings) {
      Listing listing = listings.computeIfAbsent(place, first -> new Listing());
      if (listing.objects.isPresent()) {
        return listing.objects.get();
      }
      writes = listing.writes;
      if (listings.size() > MOST_LISTINGS) {
        listings.remove(listings.keySet().iterator().next());
      }
    }
    List<S3Object> objects =
        List.copyOf(
            super.list(
                    ListObjectsV2Request.builder()
                        .bucket(place.bucket())
                        .prefix(place.prefix())
                        .build())
                .contents());
    synchronized (listings) {
      Listing listing = listings.get(place);
      if (listing != null && listing.writes == writes) {
        listing.objects = Optional.of(objects);
      }
    }
    return objects;
  }

  /** What is listed while a write is under way may or may not show it, and is not kept. */
  private <T> T writing(String bucket, String key, Supplier<T> write) {
    forget(bucket, key);
    try {
      return write.get();
    } finally {
      forget(bucket, key);
    }
  }

  private void forget(String bucket, String key) {
    synchronized (listings) {
      listings.forEach(
          (place, listing) -> {
            if (place.holds(bucket, key)) {
              listing.objects = Optional.empty();
              listing.writes++;
            }
          });
    }
  }

  @Override
  public PutObjectResponse putBlob(PutObjectRequest request, InputStream payload) {
    return writing(request.bucket(), request.key(), () -> super.putBlob(request, payload));
  }

  @Override
  public CopyObjectResponse copyBlob(CopyObjectRequest request) {
    return writing(
        request.destinationBucket(), request.destinationKey(), () -> super.copyBlob(request));
  }

  @Override
  public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
    return writing(request.bucket(), request.key(), () -> super.removeBlob(request));
  }

  @Override
  public CompleteMultipartUploadResponse completeMultipartUpload(
      MultipartUpload upload, CompleteMultipartUploadRequest request) {
    return writing(
        upload.containerName(),
        upload.blobName(),
        () -> super.completeMultipartUpload(upload, request));
  }

  @Override
  public void deleteBucket(String bucket) {
    forgetAll();
    super.deleteBucket(bucket);
  }

  @Override
  public void deleteContainer(String container) {
    super.deleteContainer(container);
    forgetAll();
  }

  private void forgetAll() {
    synchronized (listings) {
      listings.clear();
    }
  }
}
