package io.towpath.activities.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.workflows.samples.SampleFile;

/**
 * One file of a page of imports.
 *
 * @param number its number in the page, from 0
 * @param source the object
 * @param folder its folder in the project, where its name must be free
 * @param newFolder whether nothing lay in that folder before these imports
 * @param file what the sheet says of it
 */
record ImportItem(
    int number, VolumePlace source, String folder, boolean newFolder, SampleFile file) {
  String name() {
    return file.name();
  }

  /** What a bulk call takes. The name is always set: its default is the location's last part. */
  ObjectNode body(boolean overwrite) {
    ObjectNode body = SevenBridgesApi.object();
    body.putObject("source").put("volume", source.volume()).put("location", source.location());
    body.putObject("destination").put("parent", folder).put("name", name());
    return body.put("overwrite", overwrite).put("autorename", false);
  }

  /** Whether a job does this import; one that does not tell its folder is taken by its name. */
  boolean isOf(JsonNode job) {
    JsonNode to = job.path("destination");
    return to.path("parent").asText(folder).equals(folder)
        && to.path("name").asText("").equals(name())
        && VolumePlace.of(job.path("source")).filter(source::equals).isPresent();
  }

  /** For people: where the sheet names it, and its path in the project. */
  String words() {
    String path = file.folder().isEmpty() ? name() : file.folder() + "/" + name();
    return "line " + file.line() + ", " + path;
  }
}
