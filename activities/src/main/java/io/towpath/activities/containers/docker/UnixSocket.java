package io.towpath.activities.containers.docker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import javax.net.SocketFactory;

/**
 * A Unix socket as OkHttp wants one. It knows no time-outs: OkHttp closes it when a call takes too
 * long, which ends reads and writes.
 */
final class UnixSocket extends Socket {
  private final Path path;
  private final SocketChannel channel;

  private UnixSocket(Path path) throws IOException {
    this.path = path;
    this.channel = SocketChannel.open(StandardProtocolFamily.UNIX);
  }

  /** Makes sockets that all lead to one path, whatever address they are given. */
  static SocketFactory factory(Path path) {
    return new SocketFactory() {
      @Override
      public Socket createSocket() throws IOException {
        return new UnixSocket(path);
      }

      @Override
      public Socket createSocket(String host, int port) {
        throw connectedLater();
      }

      @Override
      public Socket createSocket(String host, int port, InetAddress local, int localPort) {
        throw connectedLater();
      }

      @Override
      public Socket createSocket(InetAddress host, int port) {
        throw connectedLater();
      }

      @Override
      public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
        throw connectedLater();
      }
    };
  }

  private static UnsupportedOperationException connectedLater() {
    return new UnsupportedOperationException("a socket is made first and connected then");
  }

  @Override
  public void connect(SocketAddress unused, int timeout) throws IOException {
    channel.connect(UnixDomainSocketAddress.of(path));
  }

  @Override
  public void setSoTimeout(int timeout) {}

  @Override
  public boolean isConnected() {
    return channel.isConnected();
  }

  @Override
  public boolean isClosed() {
    return !channel.isOpen();
  }

  @Override
  public synchronized void close() throws IOException {
    channel.close();
  }

  @Override
  public InputStream getInputStream() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] bytes, int from, int length) throws IOException {
        return channel.read(ByteBuffer.wrap(bytes, from, length));
      }
    };
  }

  @Override
  public OutputStream getOutputStream() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes, from, length);
        while (left.hasRemaining()) {
          channel.write(left);
        }
      }
    };
  }
}
