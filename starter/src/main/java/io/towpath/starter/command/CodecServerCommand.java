package io.towpath.starter.command;

import io.towpath.starter.codec.CodecServer;
import io.towpath.starter.exit.ExitCode;
import io.towpath.starter.exit.Stop;
import io.towpath.starter.temporal.PayloadKeyFiles;
import io.towpath.starter.terminal.Surroundings;
import io.towpath.workflows.payload.PayloadEncryption;
import io.towpath.workflows.payload.PayloadKeys;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Serves Temporal's UI and CLI what is stored encrypted. */
@Command(
    name = "codec-server",
    description = {
      "Decrypts payloads for Temporal's UI and CLI, on this machine only, until SIGTERM.",
      "TOWPATH_PAYLOAD_KEYS names the keys; TOWPATH_CODEC_TOKEN, when set, is what",
      "callers have to send as \"Authorization: Bearer …\"."
    },
    footer = {
      "",
      "Example: towpath codec-server --port 8081",
      "         temporal workflow show -w ID --codec-endpoint http://127.0.0.1:8081"
    })
public final class CodecServerCommand implements Callable<Integer> {
  private final Surroundings around;

  @Option(
      names = "--port",
      defaultValue = "8081",
      paramLabel = "PORT",
      description = "Port on loopback; 0 takes a free one. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--origin",
      paramLabel = "URL",
      defaultValue = "http://localhost:8233",
      description = "Origin of a UI that may ask; repeatable. Default: ${DEFAULT-VALUE}.")
  private Set<String> origins = new TreeSet<>();

  public CodecServerCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() throws InterruptedException {
    PayloadKeys keys = PayloadKeyFiles.read(around.env());
    if (keys.current().isEmpty()) {
      throw Stop.badInput(
          PayloadKeys.SETTING + " is not set: there is nothing to decrypt with, nothing was done.");
    }
    Optional<String> token =
        Optional.of(around.env().getOrDefault("TOWPATH_CODEC_TOKEN", "")).filter(t -> !t.isBlank());
    try (CodecServer server = new CodecServer(port, new PayloadEncryption(keys), origins, token)) {
      if (token.isEmpty()) {
        around.progress().line("anybody on this machine may decrypt: set TOWPATH_CODEC_TOKEN");
      }
      around.answers().line("codec server ready at http://127.0.0.1:" + server.port());
      new CountDownLatch(1).await();
    } catch (IOException e) {
      throw Stop.badInput("port " + port + " cannot be opened: " + e.getMessage());
    }
    return ExitCode.DONE;
  }
}
