package io.towpath.activities.synapse;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.store.PageWriter;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SynapseId;
import io.towpath.workflows.synapse.AnnotationRule;
import io.towpath.workflows.synapse.IndexTarget;
import io.towpath.workflows.synapse.IndexedFile;
import io.towpath.workflows.synapse.NameRules;
import io.towpath.workflows.synapse.Provenance;
import io.towpath.workflows.synapse.Provenance.Source;
import io.towpath.workflows.synapse.SynapseActivities.IndexPage;
import io.towpath.workflows.synapse.SynapseActivities.IndexedPage;
import io.towpath.workflows.synapse.SynapseActivities.PrepareIndex;
import io.towpath.workflows.transfer.OutputFile;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Outputs of a run, indexed into one folder as the workflow does it. */
final class IndexScene {
  private static final int ATTEMPTS = 8;
  final SynapseSandbox sandbox;
  final String parent;
  private final SynapseId manifest;
  private final Map<String, String> outputs = new TreeMap<>();
  private NameRules names = new NameRules("fail", "fail");
  private List<AnnotationRule> annotations = List.of();
  private Optional<Long> storageLocation = Optional.empty();
  private Claim claim = SynapseSandbox.CLAIM;

  /** The digest of the page that was indexed last. */
  private String indexed = "";

  /** What one index gave. */
  record Indexed(IndexTarget target, IndexedPage counts, List<IndexedFile> files) {
    List<String> lines() {
      return files.stream()
          .map(f -> f.path() + " " + f.version() + " " + f.md5() + " " + f.action())
          .toList();
    }
  }

  IndexScene(SynapseSandbox sandbox) {
    this.sandbox = sandbox;
    String project = sandbox.seed().project("project " + System.nanoTime());
    this.parent = sandbox.seed().folder(project, "results");
    this.manifest =
        new SynapseId(sandbox.seed().file(project, "sheet.csv", "text/csv", new byte[] {'a'}))
            .atVersion(1);
  }

  IndexScene output(String path, String content) {
    sandbox.put("run/out/" + path, content);
    outputs.put(path, content);
    return this;
  }

  IndexScene onIllegal(String policy) {
    names = new NameRules(policy, names.onCollision());
    return this;
  }

  IndexScene onCollision(String policy) {
    return onCollision(policy, "");
  }

  IndexScene onCollision(String policy, String ofKeys) {
    names = new NameRules(names.onIllegal(), policy, ofKeys);
    return this;
  }

  IndexScene annotations(AnnotationRule... rules) {
    annotations = List.of(rules);
    return this;
  }

  IndexScene storageLocation(long id) {
    storageLocation = Optional.of(id);
    return this;
  }

  /** The run no longer has this output. */
  IndexScene without(String path) {
    outputs.remove(path);
    return this;
  }

  IndexScene claim(Claim by) {
    claim = by;
    return this;
  }

  /** Prepares and indexes, repeating each activity as Temporal does. */
  Indexed index() {
    IndexTarget target = repeated(this::prepare);
    IndexedPage counts = repeated(() -> page(target));
    return new Indexed(
        target, counts, sandbox.documents().readPage(indexed().page(0), IndexedFile.class));
  }

  IndexTarget prepare() {
    return sandbox.activities().prepareIndex(request());
  }

  IndexedPage page(IndexTarget target) {
    IndexedPage page =
        sandbox
            .activities()
            .indexPage(
                new IndexPage(
                    claim,
                    "default",
                    new SynapseId(parent),
                    manifest(),
                    0,
                    target,
                    names,
                    work("indexed/")));
    indexed = page.sha256();
    return page;
  }

  PrepareIndex request() {
    return new PrepareIndex(
        claim,
        "default",
        new SynapseId(parent),
        manifest(),
        S3Uri.of(SynapseSandbox.BUCKET, "owners/ann"),
        work("folders.json"),
        names,
        storageLocation,
        new Provenance(
            "rnaseq abcdefghijklm",
            "what ran",
            List.of(new Source("manifest", manifest.value())),
            Optional.empty(),
            List.of(new Source("pipeline", "https://github.com/nf-core/rnaseq"))),
        annotations,
        List.of(S3Uri.of(SynapseSandbox.BUCKET, "run/out/")),
        "",
        IntStream.range(1, claim.generation())
            .mapToObj(back -> work(claim.generation() - back, "indexed/"))
            .toList());
  }

  ManifestRef indexed() {
    return new ManifestRef(
        work("indexed/"), ManifestRef.digestOf(List.of(indexed)), outputs.size(), 500, 0);
  }

  S3Uri work(String below) {
    return work(claim.generation(), below);
  }

  private S3Uri work(int generation, String below) {
    return S3Uri.of(
        SynapseSandbox.BUCKET, "work/" + claim.businessKey() + "/g" + generation + "/" + below);
  }

  private ManifestRef manifest() {
    PageWriter writer = sandbox.documents().writer(work("outputs/"), outputs.size());
    outputs.forEach(
        (path, content) ->
            writer.add(
                new OutputFile(
                    S3Uri.of(SynapseSandbox.BUCKET, "run/out/" + path),
                    path,
                    content.getBytes(StandardCharsets.UTF_8).length,
                    "etag",
                    Optional.of(md5(content))),
                0));
    return writer.finish();
  }

  <T> T repeated(Supplier<T> activity) {
    for (int attempt = 1; ; attempt++) {
      sandbox.attempt(attempt);
      try {
        return activity.get();
      } catch (PlatformException e) {
        if (!e.kind().retryable() || attempt == ATTEMPTS) {
          throw e;
        }
      } finally {
        sandbox.attempt(1);
      }
    }
  }

  static String md5(String content) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("MD5").digest(content.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
