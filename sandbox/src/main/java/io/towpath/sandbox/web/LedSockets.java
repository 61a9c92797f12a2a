package io.towpath.sandbox.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.SocketFactory;

/** Sockets that end somewhere else when they are led to one address. */
final class LedSockets extends SocketFactory {
  private final InetAddress address;
  private final InetSocketAddress really;

  LedSockets(InetAddress address, InetSocketAddress really) {
    this.address = address;
    this.really = really;
  }

  /** The one form that clients use who look names up themselves. */
  @Override
  public Socket createSocket() {
    return new Socket() {
      @Override
      public void connect(SocketAddress endpoint, int timeout) throws IOException {
        boolean led =
            endpoint instanceof InetSocketAddress asked && address.equals(asked.getAddress());
        super.connect(led ? really : endpoint, timeout);
      }
    };
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return createSocket(InetAddress.getByName(host), port);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort)
      throws IOException {
    return createSocket(host, port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    Socket socket = createSocket();
    socket.connect(new InetSocketAddress(host, port), 0);
    return socket;
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
      throws IOException {
    return createSocket(host, port);
  }
}
