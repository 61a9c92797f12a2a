package io.towpath.activities.samples;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.samplesheet.FileNames;
import io.towpath.activities.store.Digests;
import io.towpath.activities.store.S3Documents;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SynapseId;
import io.towpath.workflows.samples.SheetVersion;

/** Finds sheets in Synapse and in S3. They are held in memory as a whole. */
final class Sheets {
  /** Longer sheets are refused. */
  private static final int MOST_BYTES = 64 << 20;

  private static final String SYNAPSE = "syn://";
  private static final String S3 = "s3://";

  private final S3Documents documents;
  private final SheetSource synapse;

  Sheets(S3Documents documents, SheetSource synapse) {
    this.documents = documents;
    this.synapse = synapse;
  }

  SheetVersion pin(String connection, String uri) {
    try {
      if (uri.startsWith(SYNAPSE)) {
        return synapse.pin(connection, new SynapseId(uri.substring(SYNAPSE.length())));
      }
      if (uri.startsWith(S3)) {
        return pinObject(connection, new S3Uri(uri));
      }
    } catch (IllegalArgumentException e) {
      throw refused("sheet.uri: " + e.getMessage());
    }
    throw refused(
        "sheet.uri is \"" + uri + "\"; expected syn://syn123, syn://syn123.4 or s3://bucket/key");
  }

  /** The bytes of a pinned sheet; another content than the pinned one is refused. */
  byte[] read(SheetVersion sheet) {
    byte[] bytes =
        sheet.uri().startsWith(S3) ? object(new S3Uri(sheet.uri())) : synapse.read(sheet);
    String md5 = Digests.md5(bytes);
    if (!md5.equals(sheet.md5())) {
      throw refused(
          "the sheet "
              + sheet.uri()
              + " has changed since it was pinned: its MD5 is "
              + md5
              + ", then "
              + sheet.md5()
              + "; start again to use it as it is now");
    }
    return bytes;
  }

  private SheetVersion pinObject(String connection, S3Uri uri) {
    String name = uri.key().substring(uri.key().lastIndexOf('/') + 1);
    if (FileNames.wrongWith(name).isPresent()) {
      throw refused("sheet.uri is \"" + uri + "\", a folder; expected the address of a CSV or TSV");
    }
    byte[] bytes = object(uri);
    String key = name + ".q" + Digests.sha256(bytes).substring(0, 8);
    return new SheetVersion(connection, uri.value(), key, name, Digests.md5(bytes));
  }

  private byte[] object(S3Uri uri) {
    try {
      return documents.read(uri, MOST_BYTES);
    } catch (PlatformException e) {
      if (e.status() != 404) {
        throw e;
      }
      throw refused("there is no sheet at " + uri + "; correct sheet.uri, or upload it");
    }
  }

  private static PlatformException refused(String message) {
    return new PlatformException(FailureKind.INPUT_REJECTED, message);
  }
}
