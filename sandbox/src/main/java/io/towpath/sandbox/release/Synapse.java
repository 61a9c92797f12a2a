package io.towpath.sandbox.release;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The few calls of the Synapse REST API that the step needs. */
final class Synapse {
  private static final String FILE_ENTITY = "org.sagebionetworks.repo.model.FileEntity";
  private static final String UPLOAD = "org.sagebionetworks.repo.model.file.MultipartUploadRequest";
  private static final int LEAST_PART = 5 << 20;
  private static final int TRIES = 8;

  private final HttpClient http =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
  private final String endpoint;
  private final String token;

  private Synapse(String endpoint, String token) {
    this.endpoint = endpoint;
    this.token = token;
  }

  /** A file to be. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Content(String name, String type, byte[] bytes) {}

  static Synapse of(Map<String, String> environment) throws IOException {
    String file = environment.get("SYNAPSE_AUTH_TOKEN_FILE");
    String token =
        file == null
            ? environment.getOrDefault("SYNAPSE_AUTH_TOKEN", "")
            : Files.readString(Path.of(file));
    if (token.isBlank()) {
      throw new IOException("neither SYNAPSE_AUTH_TOKEN_FILE nor SYNAPSE_AUTH_TOKEN gives a token");
    }
    return new Synapse(
        environment.getOrDefault("SYNAPSE_ENDPOINT", "https://repo-prod.prod.sagebase.org"),
        token.strip());
  }

  /** The text of a file; syn123.4 is version 4. */
  String download(String id) throws IOException {
    String version = id.contains(".") ? "/version/" + id.substring(id.indexOf('.') + 1) : "";
    String entity = "/repo/v1/entity/" + id.replaceFirst("\\..*", "");
    return fetch(text("GET", entity + version + "/file?redirect=false", ""));
  }

  String fetch(String url) throws IOException {
    HttpResponse<String> reply = send(HttpRequest.newBuilder(URI.create(url)).build());
    if (reply.statusCode() != 200) {
      throw new IOException("a download answered " + reply.statusCode());
    }
    return reply.body();
  }

  List<Fields> files(String parent) throws IOException {
    List<Fields> files = new ArrayList<>();
    Map<String, @Nullable Object> query = new LinkedHashMap<>();
    query.put("parentId", parent);
    query.put("includeTypes", List.of("file"));
    do {
      Fields page = call("POST", "/repo/v1/entity/children", query);
      files.addAll(page.objects("page"));
      query.put("nextPageToken", page.map().get("nextPageToken"));
    } while (query.get("nextPageToken") != null);
    return files;
  }

  /** Stores a file, unless one of this name and content is there; says what it did. */
  String store(String parent, Content content) throws IOException {
    for (Fields file : files(parent)) {
      if (content.name().equals(file.text("name"))) {
        return update(file.text("id"), content);
      }
    }
    Map<String, Object> entity = new LinkedHashMap<>();
    entity.put("concreteType", FILE_ENTITY);
    entity.put("name", content.name());
    entity.put("parentId", parent);
    entity.put("dataFileHandleId", upload(content));
    return told(call("POST", "/repo/v1/entity", entity), "new");
  }

  private String update(String id, Content content) throws IOException {
    Fields entity = call("GET", "/repo/v1/entity/" + id, null);
    Fields handles = call("GET", "/repo/v1/entity/" + id + "/filehandles", null);
    for (Fields handle : handles.objects("list")) {
      if (handle.some("contentMd5").equals(Optional.of(md5(content.bytes())))) {
        return told(entity, "unchanged");
      }
    }
    entity.map().put("dataFileHandleId", upload(content));
    return told(call("PUT", "/repo/v1/entity/" + id, entity.map()), "changed");
  }

  /** One line for people, and one for whoever runs the step. */
  private static String told(Fields entity, String what) {
    String version = entity.text("id") + "." + entity.text("versionNumber");
    return "%s is %s, %s%ntowpath-output %s %s"
        .formatted(
            entity.text("name"), version, what, version, what.equals("unchanged") ? what : "new");
  }

  private String upload(Content content) throws IOException {
    int size = content.bytes().length;
    String md5 = md5(content.bytes());
    Map<String, Object> start = new LinkedHashMap<>();
    start.put("concreteType", UPLOAD);
    start.put("fileName", content.name());
    start.put("contentType", content.type());
    start.put("contentMD5Hex", md5);
    start.put("fileSizeBytes", size);
    start.put("partSizeBytes", Math.max(LEAST_PART, size));
    Fields upload = call("POST", "/file/v1/file/multipart", start);
    Optional<String> there = upload.some("resultFileHandleId");
    if (there.isPresent()) {
      return there.get();
    }
    String path = "/file/v1/file/multipart/" + upload.text("uploadId");
    Map<String, Object> asked =
        Map.of("uploadId", upload.text("uploadId"), "partNumbers", List.of(1));
    Fields urls = call("POST", path + "/presigned/url/batch", asked);
    put(urls.objects("partPresignedUrls").get(0).text("uploadPresignedUrl"), content.bytes());
    call("PUT", path + "/add/1?partMD5Hex=" + md5, null);
    return call("PUT", path + "/complete", null).text("resultFileHandleId");
  }

  private void put(String url, byte[] content) throws IOException {
    HttpRequest put =
        HttpRequest.newBuilder(URI.create(url)).PUT(BodyPublishers.ofByteArray(content)).build();
    int status = send(put).statusCode();
    if (status != 200) {
      throw new IOException("an upload answered " + status);
    }
  }

  private Fields call(String method, String path, @Nullable Object body) throws IOException {
    return Fields.of(Json.parse(text(method, path, body == null ? "" : Json.write(body))));
  }

  /** Asks again when Synapse is busy. */
  private String text(String method, String path, String body) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(endpoint + path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    for (int tried = 1; ; tried++) {
      HttpResponse<String> reply = send(request);
      int status = reply.statusCode();
      if (status / 100 == 2) {
        return reply.body();
      }
      if (tried == TRIES || (status != 429 && status != 503)) {
        throw new IOException(method + " " + path + " answered " + status + " " + reply.body());
      }
      pause(250L << tried);
    }
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static void pause(long millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static IOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted");
  }

  static String md5(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has MD5", e);
    }
  }
}
