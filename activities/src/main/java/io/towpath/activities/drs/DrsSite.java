package io.towpath.activities.drs;

import io.towpath.activities.connections.Examined.Findings;
import io.towpath.activities.http.ApiAccount;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.submit.SubmitLedger;
import io.towpath.workflows.drs.DrsActivities.MintRules;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.SynapseId;
import io.towpath.workflows.request.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import okhttp3.OkHttpClient;

/** One connection at work: its servers, the minters that use them, and who holds an object. */
final class DrsSite {
  private static final List<String> MINTERS =
      List.of("indexd", "cavatica-dataset", "cavatica-implicit", "synapse");
  private static final String MINTER = "this minter";
  private static final Pattern CAVATICA_FILE = Pattern.compile("[0-9a-f]{24}");
  private static final String SYNAPSE_HOST = "repo-prod.prod.sagebase.org";
  private static final String SYNAPSE = "drs://" + SYNAPSE_HOST + "/";

  private final DrsConnection connection;
  private final Optional<CavaticaServer> cavatica;
  private final Optional<IndexdServer> indexd;
  private final Optional<DrsClient> synapse;

  /**
   * @param indexd shared by the connections that have the same
   */
  DrsSite(OkHttpClient http, DrsConnection connection, Optional<IndexdServer> indexd) {
    this.connection = connection;
    this.cavatica =
        connection
            .sevenBridges()
            .map(account -> new CavaticaServer(http, account, connection.cavatica()));
    this.indexd = indexd;
    this.synapse =
        connection.synapse().map(account -> new DrsClient(http, "Synapse DRS", spoken(account)));
  }

  /**
   * Who holds an object, and under which id.
   *
   * @param server with the credential that is for it
   */
  record Holder(DrsClient server, String objectId) {}

  /**
   * The server that a URI leads to: one of the worker's own, as no credential goes to a host that
   * an id names. Compact identifiers name none; indexd's are such. Fails with {@code
   * INPUT_REJECTED} that names the setting where this worker has no such server.
   */
  Holder holderOf(DrsUri uri) {
    if (uri.isCompact() || uri.host().equals(indexdHost())) {
      return new Holder(
          indexd.orElseThrow(() -> lacks("INDEXD_ENDPOINT", "a compact id")).drs(), uri.id());
    }
    if (uri.host().equals(CavaticaServer.host(connection.cavatica()))) {
      return new Holder(cavatica("this server").drs(), uri.id());
    }
    if (uri.host().equals(SYNAPSE_HOST)) {
      return new Holder(
          synapse.orElseThrow(() -> lacks("SYNAPSE_AUTH_TOKEN", "this server")), uri.id());
    }
    throw new PlatformException(
        FailureKind.INPUT_REJECTED,
        "the worker knows no DRS server "
            + uri.host()
            + "; set DRS_ENDPOINT, or for an indexd INDEXD_ENDPOINT, to it");
  }

  private String indexdHost() {
    return connection.indexd().map(one -> String.valueOf(one.endpoint().getHost())).orElse("");
  }

  private static ApiAccount spoken(ApiAccount account) {
    return account.at(account.base(), new DrsDialect());
  }

  /**
   * The minter of this name. Fails with {@code INPUT_REJECTED} when there is none, or when this
   * worker lacks what it needs.
   *
   * @param mints remembers mints by dataset
   */
  DrsMinter minter(MintRules rules, SubmitLedger mints, Outage outage) {
    return switch (rules.minter()) {
      case "indexd" ->
          new IndexdMinter(indexd.orElseThrow(() -> lacks("INDEXD_ENDPOINT", MINTER)), rules);
      case "cavatica-dataset" ->
          new DatasetMinter(
              new DatasetMint.Tools(cavatica(MINTER), mints, outage), rules, connection.datasets());
      case "cavatica-implicit" ->
          new PureMinter(
              file -> Optional.of(file.fileId()).filter(id -> CAVATICA_FILE.matcher(id).matches()),
              "the id of a file on CAVATICA (24 hex digits)",
              rules.selfUriBase().orElse(cavatica(MINTER).uriBase()),
              cavatica(MINTER).drs(),
              () -> cavatica(MINTER).client().user());
      case "synapse" ->
          new PureMinter(
              file -> file.entity().map(SynapseId::value),
              "filed in Synapse, which takes no empty files",
              rules.selfUriBase().orElse(SYNAPSE),
              synapse.orElseThrow(() -> lacks("SYNAPSE_AUTH_TOKEN", MINTER)),
              () -> {});
      default -> throw unknown(rules.minter());
    };
  }

  /**
   * What each server says that it is, and which are not configured. Fails with all that is wrong.
   */
  Findings examine() {
    List<Supplier<String>> questions = new ArrayList<>();
    cavatica.ifPresentOrElse(
        s -> questions.add(() -> "CAVATICA as " + s.client().user() + ", " + version(s.drs())),
        () -> questions.add(() -> "CAVATICA not configured (SB_AUTH_TOKEN)"));
    indexd.ifPresentOrElse(
        s -> questions.add(() -> "indexd " + s.client().version() + ", " + version(s.drs())),
        () -> questions.add(() -> "indexd not configured (INDEXD_ENDPOINT, INDEXD_AUTH)"));
    synapse.ifPresent(server -> questions.add(() -> version(server)));
    List<String> lines = new ArrayList<>();
    Optional<FailureKind> failure = Optional.empty();
    for (Supplier<String> question : questions) {
      try {
        lines.add(question.get());
      } catch (PlatformException e) {
        lines.add(String.valueOf(e.getMessage()));
        failure = failure.or(() -> Optional.of(e.kind()));
      }
    }
    String text = String.join("; ", lines);
    if (failure.isPresent()) {
      throw new PlatformException(failure.get(), text);
    }
    List<String> notChecked = new ArrayList<>();
    indexd.ifPresent(server -> notChecked.add("adding records to indexd"));
    cavatica.ifPresent(server -> notChecked.add("minting in CAVATICA's datasets"));
    return new Findings(text, List.of(), notChecked);
  }

  private static String version(DrsClient server) {
    String version = server.serviceInfo().path("type").path("version").asText("of no version");
    return server.name() + " with DRS " + version;
  }

  private CavaticaServer cavatica(String what) {
    return cavatica.orElseThrow(() -> lacks("SB_AUTH_TOKEN", what));
  }

  private static PlatformException unknown(String minter) {
    String near = Nearest.of(minter, MINTERS);
    return new PlatformException(
        FailureKind.INPUT_REJECTED,
        "there is no minter \""
            + minter
            + "\""
            + (near.isEmpty() ? "" : "; did you mean \"" + near + "\"?")
            + " Known: "
            + String.join(", ", MINTERS));
  }

  private static PlatformException lacks(String setting, String what) {
    return new PlatformException(
        FailureKind.INPUT_REJECTED,
        "the worker's environment lacks " + setting + ", which " + what + " needs");
  }
}
