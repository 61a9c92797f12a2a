package io.towpath.activities.samplesheet;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import okhttp3.Dns;

/**
 * Keeps what a request names away from the worker's own network: loopback, private, link-local
 * (where clouds serve credentials), shared, multicast and reserved addresses. Looked at after the
 * name was resolved, so that a name cannot lead inside.
 */
final class PublicAddresses {
  private PublicAddresses() {}

  /** A name that leads inside. */
  static final class Refused extends UnknownHostException {
    private static final long serialVersionUID = 1;

    Refused(String host) {
      super(host + " leads to no public address; a schema has to lie on a public one");
    }
  }

  static Dns only(Predicate<InetAddress> allowed) {
    return host -> {
      List<InetAddress> addresses = Dns.SYSTEM.lookup(host);
      if (!addresses.stream().allMatch(allowed)) {
        throw new Refused(host);
      }
      return addresses;
    };
  }

  /** The address that a host is written as, if it is written as one. */
  static Optional<InetAddress> literal(String host) {
    boolean address = host.indexOf(':') >= 0 || host.matches("[0-9.]+");
    try {
      return address ? Optional.of(InetAddress.getByName(host)) : Optional.empty();
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  static boolean contain(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    byte[] bytes = address.getAddress();
    int first = bytes[0] & 0xFF;
    int second = bytes[1] & 0xFF;
    if (address instanceof Inet6Address) {
      // global unicast without the forms that carry an IPv4 address: 6to4, Teredo
      boolean carries =
          first == 0x20 && (second == 0x02 || (second == 0x01 && bytes[2] == 0 && bytes[3] == 0));
      return (first & 0xE0) == 0x20 && !carries;
    }
    boolean shared = first == 100 && (second & 0xC0) == 64;
    boolean benchmark = first == 198 && (second == 18 || second == 19);
    boolean protocol = first == 192 && second == 0 && bytes[2] == 0;
    return first != 0 && first < 224 && !shared && !benchmark && !protocol;
  }
}
