package io.towpath.activities.synapse;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.store.Digests;
import io.towpath.workflows.failure.FailureKind;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Uploads a document into Synapse's own storage. Synapse knows an upload by user and request, so
 * the same bytes under the same name go on where an earlier attempt ended, and give the same file
 * handle once they are there.
 */
final class DocumentUpload {
  private static final int LEAST_PART = 8 << 20;
  private static final int MOST_PARTS = 10_000;
  private static final int ROUNDS = 5;
  private static final int SILENCE_MILLIS = 60_000;

  private final SynapseClient client;
  private final String name;
  private final byte[] bytes;
  private final int partSize;

  /**
   * @param name file name, part of what the upload is known by
   */
  DocumentUpload(SynapseClient client, String name, byte[] bytes) {
    this.client = client;
    this.name = name;
    this.bytes = bytes;
    this.partSize = Math.max(LEAST_PART, (bytes.length + MOST_PARTS - 1) / MOST_PARTS);
  }

  /** The file handle. The state is read anew instead of repeating what got no clear answer. */
  String handle() {
    for (int round = 1; ; round++) {
      JsonNode status = client.startUpload(request(), round == ROUNDS);
      if (status.path("state").asText("").equals("COMPLETED")) {
        return SynapseClient.required(status, "resultFileHandleId");
      }
      try {
        String upload = SynapseClient.required(status, "uploadId");
        addMissing(upload, SynapseClient.required(status, "partsState"));
        return SynapseClient.required(client.completeUpload(upload), "resultFileHandleId");
      } catch (PlatformException e) {
        boolean mayGoOn =
            e.kind() == FailureKind.OUTCOME_UNKNOWN || e.kind() == FailureKind.INPUT_REJECTED;
        if (!mayGoOn || round == ROUNDS) {
          throw e;
        }
      }
    }
  }

  /** Byte-identical for the same document, whoever sends it. */
  private JsonNode request() {
    return SynapseClient.object()
        .put("concreteType", "org.sagebionetworks.repo.model.file.MultipartUploadRequest")
        .put("fileName", name)
        .put("fileSizeBytes", bytes.length)
        .put("contentMD5Hex", Digests.md5(bytes))
        .put("contentType", ContentType.of(name))
        .put("partSizeBytes", partSize)
        .put("generatePreview", false);
  }

  private void addMissing(String upload, String state) {
    for (int part = 1; part <= state.length(); part++) {
      if (state.charAt(part - 1) == '0') {
        int from = (part - 1) * partSize;
        byte[] content = Arrays.copyOfRange(bytes, from, Math.min(from + partSize, bytes.length));
        put(client.uploadUrl(upload, part), content);
        client.addPart(upload, part, Digests.md5(content));
      }
    }
  }

  /** The URL is a credential: no message names it, and no other one goes with it. */
  private void put(JsonNode signed, byte[] content) {
    String url = SynapseClient.required(signed, "uploadPresignedUrl");
    try {
      HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
      connection.setRequestMethod("PUT");
      connection.setInstanceFollowRedirects(false);
      connection.setConnectTimeout(SILENCE_MILLIS);
      connection.setReadTimeout(SILENCE_MILLIS);
      connection.setDoOutput(true);
      connection.setFixedLengthStreamingMode(content.length);
      signed
          .path("signedHeaders")
          .properties()
          .forEach(
              header -> connection.setRequestProperty(header.getKey(), header.getValue().asText()));
      try (OutputStream out = connection.getOutputStream()) {
        out.write(content);
      }
      int status = connection.getResponseCode();
      if (status / 100 != 2) {
        throw unstored("was answered HTTP " + status, status, null);
      }
    } catch (IOException e) {
      throw unstored("got no answer: " + e.getClass().getSimpleName(), 0, e);
    }
  }

  private PlatformException unstored(String what, int status, @Nullable Throwable cause) {
    return new PlatformException(
        FailureKind.OUTCOME_UNKNOWN,
        "storing a part of \"" + name + "\" for Synapse " + what,
        status,
        Optional.empty(),
        cause);
  }
}
