package io.towpath.workflows.transfer;

import io.towpath.workflows.model.S3Uri;
import java.util.List;

/**
 * Where files are staged to.
 *
 * @param to prefix that everything is staged below
 * @param layout {@code idFolders}: {@code <to><synId>.<version>/<name>}; {@code flat}: {@code
 *     <to><name>}; {@code bySample}: {@code <to><sample>/<name>}
 * @param rename rules for the names, applied in order
 */
public record StageLayout(S3Uri to, String layout, List<Rename> rename) {
  public StageLayout {
    rename = rename == null ? List.of() : List.copyOf(rename);
  }

  /**
   * Whether files of different sources, and of different manifests, lie in one folder, so that
   * another one's file may lie where one is to go.
   */
  public static boolean shared(String layout) {
    return !layout.equals("idFolders");
  }
}
