package io.towpath.activities.outside;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Tells addresses of the open internet from those inside: a sheet must not make the worker ask its
 * own network for anything. Of IPv6 only global unicast is public, and of that not what is reserved
 * or carries an IPv4 address (IANA special-purpose address registries).
 */
final class PublicAddress {
  private static final List<Block> INSIDE_V4 =
      List.of(
          new Block("0.0.0.0", 8),
          new Block("10.0.0.0", 8),
          new Block("100.64.0.0", 10),
          new Block("127.0.0.0", 8),
          new Block("169.254.0.0", 16),
          new Block("172.16.0.0", 12),
          new Block("192.0.0.0", 24),
          new Block("192.0.2.0", 24),
          new Block("192.88.99.0", 24),
          new Block("192.168.0.0", 16),
          new Block("198.18.0.0", 15),
          new Block("198.51.100.0", 24),
          new Block("203.0.113.0", 24),
          new Block("224.0.0.0", 3));
  private static final Block GLOBAL_V6 = new Block("2000::", 3);
  private static final List<Block> RESERVED_V6 =
      List.of(
          new Block("2001::", 23),
          new Block("2001:db8::", 32),
          new Block("2002::", 16),
          new Block("3fff::", 20));

  private PublicAddress() {}

  /** Addresses whose first bits are those of another one. */
  private static final class Block {
    private final byte[] first;
    private final int bits;

    Block(String first, int bits) {
      this.first = literal(first);
      this.bits = bits;
    }

    private static byte[] literal(String address) {
      try {
        return InetAddress.getByName(address).getAddress();
      } catch (UnknownHostException e) {
        throw new IllegalArgumentException(address + " is no literal address", e);
      }
    }

    boolean holds(byte[] address) {
      if (address.length != first.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> bit % 8;
        if ((address[bit / 8] & mask) != (first[bit / 8] & mask)) {
          return false;
        }
      }
      return true;
    }
  }

  static boolean is(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (address instanceof Inet4Address) {
      return INSIDE_V4.stream().noneMatch(block -> block.holds(bytes));
    }
    return GLOBAL_V6.holds(bytes) && RESERVED_V6.stream().noneMatch(block -> block.holds(bytes));
  }
}
