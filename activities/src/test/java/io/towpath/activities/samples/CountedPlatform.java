package io.towpath.activities.samples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.store.S3Documents;
import io.towpath.workflows.failure.FailureKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** A platform with one app and one volume, which counts what it is asked. */
final class CountedPlatform implements PlatformView {
  static final int PAGE = 100;

  private final TreeMap<String, Long> objects = new TreeMap<>();
  private final List<String> listed = new ArrayList<>();
  private String cwl =
      """
      {"inputs": [
        {"id": "#input_pe_reads", "type": "File[]"},
        {"id": "input_pe_mates", "type": ["null", {"type": "array", "items": "File"}]},
        {"id": "main/sample_name", "type": "string"},
        {"id": "output_basename", "type": ["string"]},
        {"id": "min_quality", "type": "int", "default": 20},
        {"id": "strandedness", "type": ["null",
          {"type": "enum", "name": "s", "symbols": ["default", "rf-stranded", "fr-stranded"]}]},
        {"id": "reference", "type": "File?",
          "sbg:suggestedValue": {"class": "File", "path": "5f0000000000000000000001", "name": "r"}}
      ]}
      """;
  private int pages;

  /** Gives the app other inputs, a JSON list or object. */
  void inputs(String declared) {
    cwl = "{\"inputs\": " + declared + "}";
  }

  void put(String location) {
    objects.put(location, 1L);
  }

  void putEmpty(String location) {
    objects.put(location, 0L);
  }

  /** Prefixes that were listed. */
  List<String> listed() {
    return listed;
  }

  int pages() {
    return pages;
  }

  @Override
  public JsonNode app(String connection, String app) {
    if (!app.equals(Scene.APP)) {
      throw new PlatformException(FailureKind.INPUT_REJECTED, "there is no app " + app);
    }
    try {
      return S3Documents.JSON.readTree(cwl);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(cwl, e);
    }
  }

  @Override
  public Listing list(String connection, String volume, String prefix, int mostPages) {
    listed.add(prefix);
    List<VolumeObject> level = new ArrayList<>();
    for (Map.Entry<String, Long> object : objects.tailMap(prefix).entrySet()) {
      String location = object.getKey();
      if (location.startsWith(prefix) && location.indexOf('/', prefix.length()) < 0) {
        level.add(new VolumeObject(location, OptionalLong.of(object.getValue())));
      }
    }
    int needed = Math.max(1, (level.size() + PAGE - 1) / PAGE);
    int read = Math.min(needed, mostPages);
    pages += read;
    return new Listing(level.subList(0, Math.min(level.size(), read * PAGE)), read, read == needed);
  }
}
