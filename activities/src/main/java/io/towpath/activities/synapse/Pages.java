package io.towpath.activities.synapse;

import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.S3Uri;

/** Pages that go with those of a manifest, one to one, under another prefix. */
final class Pages {
  private Pages() {}

  static S3Uri of(ManifestRef manifest, S3Uri prefix, int page) {
    return new ManifestRef(prefix, "", manifest.rows(), manifest.pageSize(), 0).page(page);
  }
}
