package io.towpath.workflows.samples;

import java.util.Map;
import java.util.TreeMap;

/**
 * One distinct file of a sheet, a line of a page.
 *
 * @param line line of the sheet that names it first, from 1
 * @param sample the sample that it belongs to
 * @param location its key in the volume, below the volume's prefix
 * @param folder its folder in the project, without slashes at its ends; empty for the root
 * @param name its name there
 * @param metadata what its file in the project is told
 */
public record SampleFile(
    int line,
    String sample,
    String location,
    String folder,
    String name,
    Map<String, Object> metadata) {
  public SampleFile {
    metadata = new TreeMap<>(metadata == null ? Map.of() : metadata);
  }
}
