package io.towpath.activities.samples;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.OptionalLong;

/** What sheets are checked against; the Seven Bridges adapter stands behind it. Read-only. */
public interface PlatformView {
  /**
   * The CWL of an app, as the platform keeps it ({@code raw}). Fails with {@code INPUT_REJECTED}
   * when there is no such app and with {@code ACCESS_DENIED} when it cannot be read.
   *
   * @param connection name of the connection on the worker
   * @param app with its revision, {@code owner/project/name/revision}
   */
  JsonNode app(String connection, String app);

  /**
   * Objects of a volume whose locations begin with {@code prefix}, on the level of the prefix: not
   * those with a slash behind it. Reads one page after the other and stops when there is no further
   * one or when {@code mostPages} were read.
   *
   * @param volume its id, {@code owner/name}
   * @param prefix below the volume's own prefix, such as {@code reads/S1_}; empty for its top level
   */
  Listing list(String connection, String volume, String prefix, int mostPages);

  /**
   * What a listing showed.
   *
   * @param pages how many were read
   * @param complete whether there are no further ones
   */
  record Listing(List<VolumeObject> objects, int pages, boolean complete) {
    public Listing {
      objects = List.copyOf(objects);
    }
  }

  /**
   * One object of a volume.
   *
   * @param location its key below the volume's prefix
   * @param sizeBytes its size; empty where the platform does not say
   */
  record VolumeObject(String location, OptionalLong sizeBytes) {}
}
