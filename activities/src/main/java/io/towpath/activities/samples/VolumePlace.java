package io.towpath.activities.samples;

import io.towpath.activities.samplesheet.Shortened;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.samples.SampleTarget;
import java.util.List;

/** Where a volume lies in S3. */
final class VolumePlace {
  private final SampleTarget target;
  private final String root;

  VolumePlace(SampleTarget target) {
    this.target = target;
    this.root = target.prefix().isEmpty() ? "" : target.prefix() + "/";
  }

  /**
   * The location on the volume of an object.
   *
   * @throws IllegalArgumentException with what is wrong with the address
   */
  String location(String address) {
    if (!address.equals(address.strip())) {
      throw wrong(address, "has white space at its ends; remove it");
    }
    S3Uri uri;
    try {
      uri = new S3Uri(address);
    } catch (IllegalArgumentException e) {
      throw wrong(address, "is no address in S3: " + e.getMessage());
    }
    if (!uri.bucket().equals(target.bucket()) || !uri.key().startsWith(root)) {
      throw wrong(
          address,
          "does not lie on the volume "
              + target.volume()
              + ", which is s3://"
              + target.bucket()
              + "/"
              + root);
    }
    String location = uri.key().substring(root.length());
    if (location.isEmpty() || location.endsWith("/")) {
      throw wrong(address, "is a folder; expected the address of an object");
    }
    if (List.of(location.split("/", -1)).stream().anyMatch(p -> p.equals(".") || p.equals(".."))) {
      throw wrong(address, "has a part . or .. in its key; rename the object");
    }
    return location;
  }

  private static IllegalArgumentException wrong(String address, String why) {
    return new IllegalArgumentException("\"" + Shortened.of(address) + "\" " + why);
  }
}
