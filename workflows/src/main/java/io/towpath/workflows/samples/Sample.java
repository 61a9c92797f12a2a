package io.towpath.workflows.samples;

import java.util.List;
import java.util.Map;

/**
 * One sample of a sheet, a line of a page.
 *
 * @param id the sample's name, unique in the sheet
 * @param rows its rows by column, in sheet order
 * @param files for each row the numbers of its files among the stored files, from 0; of a sheet of
 *     files one each
 */
public record Sample(String id, List<Map<String, Object>> rows, List<List<Long>> files) {
  public Sample {
    rows = rows == null ? List.of() : List.copyOf(rows);
    files = files == null ? List.of() : List.copyOf(files);
  }
}
