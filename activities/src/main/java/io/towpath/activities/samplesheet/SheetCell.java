package io.towpath.activities.samplesheet;

/**
 * One cell of a sheet's body, and where it lies.
 *
 * @param text its value: without quotes, doubled quotes made single
 * @param line physical line on which it begins, from 1
 * @param row number of its row in the body, from 1; blank lines do not count
 * @param column name of its column; its number, from 1, where the header has no name for it
 * @param begin offset of its first byte
 * @param end offset behind its last byte
 * @param quoted whether it is written in quotes
 */
public record SheetCell(
    String text, int line, long row, String column, int begin, int end, boolean quoted) {
  /** Where it lies, for a person. */
  public String place() {
    return "line " + line + ", column " + column;
  }
}
