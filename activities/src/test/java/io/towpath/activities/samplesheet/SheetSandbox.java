package io.towpath.activities.samplesheet;

import io.towpath.activities.store.S3Documents;
import io.towpath.activities.store.S3Sandbox;
import io.towpath.activities.submit.MemoryLedger;
import java.net.URI;
import okhttp3.OkHttpClient;

/** The adapter of sheets on an S3 of its own; it may look at no manifest. */
final class SheetSandbox implements AutoCloseable {
  final S3Sandbox s3 = new S3Sandbox();
  final S3Documents documents;
  final SampleSheetActivitiesImpl sheets;

  SheetSandbox() {
    documents = new S3Documents(s3.clients().repeating());
    sheets =
        new SampleSheetActivitiesImpl(
            s3.clients().repeating(),
            new MemoryLedger(),
            (wanted, files) -> {
              throw new AssertionError("no manifest is looked at");
            },
            new SchemaSource(new OkHttpClient(), URI.create("http://127.0.0.1:1")));
  }

  @Override
  public void close() {
    s3.close();
  }
}
