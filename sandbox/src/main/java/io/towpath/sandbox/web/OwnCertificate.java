package io.towpath.sandbox.web;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * A certificate made for this process, and who trusts it.
 *
 * @param context serves with the certificate, and trusts it alone
 * @param trust trusts the certificate alone
 */
record OwnCertificate(SSLContext context, X509TrustManager trust) {
  private static final char[] PASSWORD = "only-for-this-process".toCharArray();

  /**
   * Makes one with the JDK's own keytool.
   *
   * @param names what it is good for, {@code dns:localhost,ip:127.0.0.1}
   */
  static OwnCertificate of(String names) throws IOException, GeneralSecurityException {
    KeyStore keys = keys(names);
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, PASSWORD);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(keys);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
    return new OwnCertificate(context, (X509TrustManager) trust.getTrustManagers()[0]);
  }

  private static KeyStore keys(String names) throws IOException, GeneralSecurityException {
    Path folder = Files.createTempDirectory("https");
    Path file = folder.resolve("keys.p12");
    try {
      run(
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
              "-genkeypair",
              "-alias",
              "stand",
              "-keyalg",
              "EC",
              "-validity",
              "2",
              "-dname",
              "CN=localhost",
              "-ext",
              "SAN=" + names,
              "-storetype",
              "PKCS12",
              "-keystore",
              file.toString(),
              "-storepass",
              new String(PASSWORD)));
      KeyStore store = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(file)) {
        store.load(in, PASSWORD);
      }
      return store;
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(folder);
    }
  }

  private static void run(List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (process.waitFor() != 0) {
        throw new IOException("keytool failed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
