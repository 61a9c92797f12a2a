package io.towpath.activities.rows;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.towpath.activities.store.S3Documents;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Very many rows by their keys, as JSON and compressed block by block: some 60 bytes of a file. To
 * be read in order, as often as one likes, or by key, which is quick in about the same order.
 */
public final class PackedRows<T> {
  private static final int BLOCK = 500;

  /** Names are hostile: half a character is no UTF-8, but it has an escape. */
  private static final ObjectWriter ESCAPING =
      S3Documents.JSON.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII);

  private final Class<T> type;
  private final Fingerprints keys = new Fingerprints();
  private final List<byte[]> blocks = new ArrayList<>();
  private List<T> last = new ArrayList<>();
  private int unpackedBlock = -1;
  private List<T> unpacked = List.of();

  /**
   * @param type what Jackson writes and reads
   */
  public PackedRows(Class<T> type) {
    this.type = type;
  }

  /** Adds a row behind the others, unless there is one of its key; whether there was none. */
  public synchronized boolean add(String key, T row) {
    if (keys.has(key)) {
      return false;
    }
    put(key, row);
    return true;
  }

  /** Adds a row behind the others; of two with one key the later one is found by it. */
  public synchronized void put(String key, T row) {
    keys.put(key, size());
    last.add(row);
    if (last.size() == BLOCK) {
      blocks.add(packed(last));
      last = new ArrayList<>();
    }
  }

  /** The row of a key. */
  public synchronized Optional<T> get(String key) {
    OptionalLong number = keys.get(key);
    return number.isEmpty()
        ? Optional.empty()
        : Optional.of(
            block((int) (number.getAsLong() / BLOCK)).get((int) (number.getAsLong() % BLOCK)));
  }

  public synchronized boolean has(String key) {
    return keys.has(key);
  }

  public synchronized int size() {
    return blocks.size() * BLOCK + last.size();
  }

  /** Hands over every row in the order in which they came; one block is unpacked at a time. */
  public void forEach(Consumer<T> each) {
    for (int number = 0; number <= blocks(); number++) {
      block(number).forEach(each);
    }
  }

  private synchronized int blocks() {
    return blocks.size();
  }

  private synchronized List<T> block(int number) {
    if (number == blocks.size()) {
      return last;
    }
    if (number != unpackedBlock) {
      unpacked = unpacked(blocks.get(number));
      unpackedBlock = number;
    }
    return unpacked;
  }

  private static byte[] packed(List<?> rows) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new DeflaterOutputStream(bytes)) {
      ESCAPING.writeValue(out, rows);
    } catch (IOException e) {
      throw new UncheckedIOException("a row cannot be written as JSON", e);
    }
    return bytes.toByteArray();
  }

  private List<T> unpacked(byte[] block) {
    try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(block))) {
      return S3Documents.JSON.readerForListOf(type).readValue(in);
    } catch (IOException e) {
      throw new UncheckedIOException("a row of memory cannot be read", e);
    }
  }
}
