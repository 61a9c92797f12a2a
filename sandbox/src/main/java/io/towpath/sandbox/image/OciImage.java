package io.towpath.sandbox.image;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * An image of one layer, for several platforms; equal content always has equal digests.
 *
 * @param index the bytes of the OCI index
 * @param manifests the platforms' manifests by digest
 * @param blobs configurations and the layer by digest
 */
@SuppressWarnings("ArrayRecordComponent") // addressed by its digest
public record OciImage(byte[] index, Map<String, byte[]> manifests, Map<String, byte[]> blobs) {
  private static final Instant BUILT = Instant.parse("2026-11-02T09:00:00Z");
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /**
   * A file of the layer.
   *
   * @param path without the slash in front; a folder ends with one
   * @param mode permission bits
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record File(String path, int mode, byte[] content) {
    public static File folder(String path) {
      return new File(path, 0755, new byte[0]);
    }
  }

  /**
   * Builds it.
   *
   * @param settings the configuration's {@code config}: Env, Cmd, WorkingDir, Labels, …
   * @param architectures in the words of Go: amd64, arm64
   */
  public static OciImage build(List<File> files, ObjectNode settings, List<String> architectures) {
    byte[] tar = tar(files);
    byte[] layer = gzip(tar);
    Map<String, byte[]> manifests = new LinkedHashMap<>();
    Map<String, byte[]> blobs = new LinkedHashMap<>();
    blobs.put(Digest.of(layer), layer);
    ObjectNode index = JSON.objectNode().put("schemaVersion", 2).put("mediaType", MediaType.INDEX);
    ArrayNode listed = index.putArray("manifests");
    for (String architecture : architectures) {
      byte[] config = bytes(config(settings, architecture, Digest.of(tar)));
      blobs.put(Digest.of(config), config);
      byte[] manifest = bytes(manifest(config, layer));
      manifests.put(Digest.of(manifest), manifest);
      ObjectNode entry = descriptor(MediaType.MANIFEST, manifest);
      entry.putObject("platform").put("architecture", architecture).put("os", "linux");
      listed.add(entry);
    }
    return new OciImage(bytes(index), manifests, blobs);
  }

  private static ObjectNode config(ObjectNode settings, String architecture, String diffId) {
    ObjectNode config = JSON.objectNode();
    config.put("created", BUILT.toString()).put("architecture", architecture).put("os", "linux");
    config.set("config", settings);
    config.putObject("rootfs").put("type", "layers").putArray("diff_ids").add(diffId);
    config.putArray("history").addObject().put("created", BUILT.toString());
    return config;
  }

  private static ObjectNode manifest(byte[] config, byte[] layer) {
    ObjectNode manifest = JSON.objectNode().put("schemaVersion", 2);
    manifest.put("mediaType", MediaType.MANIFEST);
    manifest.set("config", descriptor(MediaType.CONFIG, config));
    manifest.putArray("layers").add(descriptor(MediaType.LAYER, layer));
    return manifest;
  }

  private static ObjectNode descriptor(String mediaType, byte[] content) {
    return JSON.objectNode()
        .put("mediaType", mediaType)
        .put("digest", Digest.of(content))
        .put("size", content.length);
  }

  private static byte[] tar(List<File> files) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    TarWriter tar = new TarWriter(bytes);
    try {
      for (File file : files) {
        TarEntry entry =
            file.path().endsWith("/")
                ? TarEntry.folder(file.path(), BUILT)
                : TarEntry.file(file.path(), file.mode(), file.content().length, BUILT);
        tar.add(entry, file.content());
      }
      tar.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] bytes(ObjectNode json) {
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }
}
