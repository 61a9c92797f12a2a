package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.api.workflowservice.v1.GetSystemInfoResponse;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import io.towpath.starter.Towpath;
import io.towpath.starter.terminal.Interruption;
import io.towpath.starter.terminal.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Temporal's own configuration: a profile of {@code temporal.toml} with an API key, for a server
 * that speaks TLS under a certificate that only the profile knows.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@DisplayNameGeneration(ReplaceUnderscores.class)
class TemporalProfileIT {
  private static final String API_KEY = "key-of-the-profile-0123456789";
  private static final char[] PASSWORD = "password".toCharArray();

  @TempDir private Path folder;
  private final Set<String> keysSeen = ConcurrentHashMap.newKeySet();
  private Server server;
  private HttpServer store;
  private Map<String, String> settings;

  /** Keeps what callers sign with. */
  private final class Keys implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      keysSeen.add(
          String.valueOf(
              headers.get(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER))));
      return next.startCall(call, headers);
    }
  }

  /** Tells its version, and nothing else. */
  private static final class Frontend extends WorkflowServiceGrpc.WorkflowServiceImplBase {
    @Override
    public void getSystemInfo(
        GetSystemInfoRequest request, StreamObserver<GetSystemInfoResponse> answer) {
      answer.onNext(GetSystemInfoResponse.newBuilder().setServerVersion("9.8.7").build());
      answer.onCompleted();
    }
  }

  private static final class Serving extends HealthGrpc.HealthImplBase {
    @Override
    public void check(HealthCheckRequest request, StreamObserver<HealthCheckResponse> answer) {
      answer.onNext(
          HealthCheckResponse.newBuilder()
              .setStatus(HealthCheckResponse.ServingStatus.SERVING)
              .build());
      answer.onCompleted();
    }
  }

  @BeforeEach
  void start() throws Exception {
    store = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    store.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(403, -1);
          exchange.close();
        });
    store.start();
    KeyStore keys = keys();
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD);
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .sslContext(
                GrpcSslContexts.configure(
                        io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder.forServer(
                            managers))
                    .build())
            .intercept(new Keys())
            .addService(new Frontend())
            .addService(new Serving())
            .build()
            .start();
    Path authority = folder.resolve("authority.pem");
    Files.writeString(authority, pem(keys));
    Path file = folder.resolve("temporal.toml");
    Files.writeString(
        file,
        """
        [profile.default]
        address = "127.0.0.1:1"
        [profile.lab]
        address = "127.0.0.1:%d"
        namespace = "lab"
        api_key = "%s"
        [profile.lab.tls]
        server_ca_cert_path = "%s"
        server_name = "temporal.test"
        """
            .formatted(server.getPort(), API_KEY, authority));
    settings = Map.of("TEMPORAL_CONFIG_FILE", file.toString(), "TEMPORAL_PROFILE", "lab");
  }

  @AfterEach
  void stop() {
    server.shutdownNow();
    store.stop(0);
  }

  @Test
  void the_command_takes_address_certificate_and_key_of_the_profile() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);

    Towpath.run(
        new Surroundings(
            InputStream.nullInputStream(),
            print,
            print,
            settings,
            0,
            Duration.ofSeconds(2),
            new Interruption()),
        "doctor");

    assertThat(out.toString(StandardCharsets.UTF_8).replaceAll("\\s+", " "))
        .contains("127.0.0.1:" + server.getPort() + ", version 9.8.7")
        .contains("Temporal refuses the start of a workflow: UNIMPLEMENTED")
        .doesNotContain(API_KEY);
    assertThat(keysSeen).containsExactly("Bearer " + API_KEY);
  }

  @Test
  void the_worker_takes_them_too() throws Exception {
    Map<String, String> environment = new TreeMap<>(settings);
    environment.putAll(
        Map.of(
            "SYNAPSE_AUTH_TOKEN", "token-of-synapse",
            "TOWER_ACCESS_TOKEN", "token-of-seqera",
            "TOWPATH_LEDGER", "s3://bucket/ledger/",
            "AWS_ENDPOINT_URL_S3", "http://127.0.0.1:" + store.getAddress().getPort(),
            "AWS_REGION", "us-east-1",
            "AWS_ACCESS_KEY_ID", "id",
            "AWS_SECRET_ACCESS_KEY", "secret"));

    String said = worker(environment, 3);

    assertThat(keysSeen).containsExactly("Bearer " + API_KEY);
    assertThat(said).contains("s3:PutObject").doesNotContain(API_KEY);
  }

  @Test
  void the_worker_tells_every_setting_that_is_missing_or_wrong_before_it_asks_anybody()
      throws Exception {
    Map<String, String> environment = new TreeMap<>(settings);
    environment.put("SYNAPSE_AUTH_TOKEN", "env:NOT_SET");
    environment.put("TEMPORAL_PROFILE", "nowhere");

    assertThat(worker(environment, 2))
        .contains("4 settings are missing or wrong")
        .contains("Temporal's settings, temporal.toml and TEMPORAL_*: ")
        .contains("SYNAPSE_AUTH_TOKEN: env:NOT_SET is not set")
        .contains("TOWER_ACCESS_TOKEN is not set")
        .contains("TOWPATH_LEDGER is not set");
    assertThat(keysSeen).isEmpty();
  }

  /** What a worker says until it ends, which it does by itself. */
  private String worker(Map<String, String> environment, int exitCode) throws Exception {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(err, true, StandardCharsets.UTF_8);
    assertThat(WorkerMain.run(environment, folder, print)).isEqualTo(exitCode);
    return err.toString(StandardCharsets.UTF_8);
  }

  /** A certificate that nobody else knows, by the JDK's own tool. */
  private KeyStore keys() throws IOException, InterruptedException, GeneralSecurityException {
    File store = folder.resolve("keys.p12").toFile();
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-keyalg",
            "EC",
            "-alias",
            "server",
            "-dname",
            "CN=temporal.test",
            "-ext",
            "san=dns:temporal.test",
            "-storetype",
            "PKCS12",
            "-storepass",
            String.valueOf(PASSWORD),
            "-keystore",
            store.toString());
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    return KeyStore.getInstance(store, PASSWORD);
  }

  private static String pem(KeyStore keys) throws GeneralSecurityException {
    byte[] certificate = keys.getCertificate("server").getEncoded();
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate)
        + "\n-----END CERTIFICATE-----\n";
  }
}
