package io.towpath.starter.command;

import io.towpath.starter.kind.Kind;
import io.towpath.starter.kind.Kinds;
import io.towpath.starter.request.Literals;
import io.towpath.starter.request.RequestFile;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which request a command is about. */
final class RequestOptions {
  @Parameters(
      paramLabel = "KIND",
      description = "The ETL: round-trip, cavatica-drs or manifest-scan.")
  private String kindName;

  @Option(
      names = {"-f", "--file"},
      required = true,
      paramLabel = "FILE",
      description = "The request, JSON or YAML; - is standard input.")
  private String file;

  @Option(
      names = "--event",
      paramLabel = "JSON",
      description =
          "manifest-scan: an object that changed, {\"objectId\":\"syn…\"}; only it counts.")
  private @Nullable String event;

  String kindName() {
    return kindName;
  }

  Kind kind() {
    return Kinds.named(kindName);
  }

  /** The request as written, numbers in text fields kept as texts. */
  RequestFile read(InputStream standardInput) {
    RequestFile read = RequestFile.read(file, standardInput);
    Map<String, Object> request = new Literals(kind().fields()).kept(read.request());
    if (event != null) {
      request.put("event", RequestFile.object("--event", event));
    }
    return new RequestFile(read.name(), request);
  }
}
