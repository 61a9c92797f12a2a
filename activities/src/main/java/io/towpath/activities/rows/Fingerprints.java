package io.towpath.activities.rows;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.OptionalLong;

/**
 * Very many texts, each with a number: of a text 64 bits of its SHA-256 are kept, however long it
 * is, and as many of its number if any text has one but 0. Of a million texts two are taken for one
 * with a chance of 1 in 30 million.
 */
public final class Fingerprints {
  private static final int FIRST_SLOTS = 64;
  private static final double FULL = 0.8;
  private static final long EMPTY = 0;

  private final MessageDigest digest = sha256();
  private long[] prints = new long[FIRST_SLOTS];
  private long[] numbers = {};
  private int size;

  /** Adds a text; whether it is new. */
  public synchronized boolean add(String text) {
    return putIfAbsent(text, 0);
  }

  /** Gives a text this number unless it has one; whether it had none. */
  public synchronized boolean putIfAbsent(String text, long number) {
    int slot = slot(print(text));
    if (prints[slot] != EMPTY) {
      return false;
    }
    occupy(text, number);
    return true;
  }

  /** Gives a text this number, whatever it had. */
  public synchronized void put(String text, long number) {
    int slot = slot(print(text));
    if (prints[slot] == EMPTY) {
      occupy(text, number);
    } else {
      set(slot, number);
    }
  }

  /** Raises the number of a text, 0 for a new one, by one; the number that it has now. */
  public synchronized long count(String text) {
    long now = get(text).orElse(0) + 1;
    put(text, now);
    return now;
  }

  /** The number of a text. */
  public synchronized OptionalLong get(String text) {
    int slot = slot(print(text));
    return prints[slot] == EMPTY
        ? OptionalLong.empty()
        : OptionalLong.of(numbers.length == 0 ? 0 : numbers[slot]);
  }

  public boolean has(String text) {
    return get(text).isPresent();
  }

  public synchronized int size() {
    return size;
  }

  private void occupy(String text, long number) {
    if (size >= prints.length * FULL) {
      grow();
    }
    long print = print(text);
    int slot = slot(print);
    prints[slot] = print;
    set(slot, number);
    size++;
  }

  private void set(int slot, long number) {
    if (number != 0 && numbers.length == 0) {
      numbers = new long[prints.length];
    }
    if (numbers.length > 0) {
      numbers[slot] = number;
    }
  }

  private void grow() {
    long[] oldPrints = prints;
    long[] oldNumbers = numbers;
    prints = new long[oldPrints.length * 2];
    numbers = new long[oldNumbers.length * 2];
    for (int i = 0; i < oldPrints.length; i++) {
      if (oldPrints[i] != EMPTY) {
        int slot = slot(oldPrints[i]);
        prints[slot] = oldPrints[i];
        if (oldNumbers.length > 0) {
          numbers[slot] = oldNumbers[i];
        }
      }
    }
  }

  /** Where a print lies, or would. */
  private int slot(long print) {
    int slot = (int) (print & (prints.length - 1));
    while (prints[slot] != EMPTY && prints[slot] != print) {
      slot = (slot + 1) & (prints.length - 1);
    }
    return slot;
  }

  private long print(String text) {
    long print = ByteBuffer.wrap(digest.digest(text.getBytes(StandardCharsets.UTF_8))).getLong();
    return print == EMPTY ? 1 : print;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
