package io.towpath.activities.drs;

import io.towpath.activities.store.S3Documents;
import io.towpath.activities.store.S3Sandbox;
import io.towpath.workflows.drs.DrsActivities.MintCounts;
import io.towpath.workflows.drs.DrsActivities.MintPage;
import io.towpath.workflows.drs.DrsActivities.MintRules;
import io.towpath.workflows.drs.MintedFile;
import io.towpath.workflows.drs.UnclearMint;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.sevenbridges.TaskOutput;
import io.towpath.workflows.synapse.IndexedFile;
import io.towpath.workflows.transfer.OutputFile;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A page of outputs that are to have ids, and what became of them. */
final class MintScene {
  private final S3Documents documents;
  private final List<TaskOutput> outputs = new ArrayList<>();
  private final List<OutputFile> objects = new ArrayList<>();
  private final List<IndexedFile> filed = new ArrayList<>();
  private final S3Uri work;
  private MintRules rules;
  Claim claim = new Claim("cavatica-drs/ann/project/syn1.1/app", 1, 1);

  /** Pages that there are said to be; only the first one is written, and minted. */
  int pages = 1;

  List<String> skip = List.of();
  List<UnclearMint> retry = List.of();
  DrsActivitiesImpl worker;

  MintScene(DrsSandbox sandbox, MintRules rules) {
    this(sandbox.documents(), sandbox.worker(), rules, S3Sandbox.BUCKET);
  }

  /**
   * @param bucket where pages lie
   */
  MintScene(S3Documents documents, DrsActivitiesImpl worker, MintRules rules, String bucket) {
    this.documents = documents;
    this.worker = worker;
    this.rules = rules;
    this.work = S3Uri.of(bucket, "work/");
  }

  static MintRules rules(String minter, String dataset) {
    return new MintRules(
        "default", minter, dataset, "0.1.0", List.of("md5", "etag"), Optional.empty());
  }

  MintScene with(MintRules others) {
    rules = others;
    return this;
  }

  /** A file of a task that lies in S3 with these bytes. */
  MintScene file(String fileId, String content) {
    return file(fileId, content, S3Uri.of(S3Sandbox.BUCKET, "out/" + fileId + ".txt"));
  }

  MintScene file(String fileId, String content, S3Uri place) {
    object(fileId, content.length(), place, Optional.of(md5(content)), md5(content));
    return this;
  }

  MintScene object(String fileId, long size, S3Uri place, Optional<String> md5, String etag) {
    output(fileId, size);
    objects.add(new OutputFile(place, fileId, size, etag, md5));
    return this;
  }

  /** The last file is this version of an entity in Synapse. */
  MintScene filedAs(String id, long version) {
    OutputFile last = objects.get(objects.size() - 1);
    String md5 = last.md5().orElse("");
    filed.add(
        new IndexedFile(
            last.uri(), id, version, md5, last.sizeBytes(), "a", "created", OptionalLong.empty()));
    return this;
  }

  /** A file that lies on the platform alone. */
  MintScene output(String fileId, long size) {
    outputs.add(
        new TaskOutput(
            "s1",
            "task",
            "out",
            fileId,
            fileId + ".txt",
            size,
            Optional.empty(),
            "app",
            0,
            "COMPLETED"));
    return this;
  }

  /** The last file has this size on the platform, whatever lies in S3. */
  MintScene ofBytes(long size) {
    TaskOutput last = outputs.remove(outputs.size() - 1);
    return output(last.fileId(), size);
  }

  MintCounts mint() {
    ManifestRef files = ManifestRef.ofPages(work.resolve("outputs/"), pages);
    ManifestRef places = ManifestRef.ofPages(work.resolve("objects/"), pages);
    documents.writePage(files.page(0), outputs);
    if (!objects.isEmpty()) {
      documents.writePage(places.page(0), objects);
    }
    ManifestRef entities = ManifestRef.ofPages(work.resolve("filed/"), pages);
    if (!filed.isEmpty()) {
      documents.writePage(entities.page(0), filed);
    }
    return worker.mintPage(
        new MintPage(
            claim,
            rules,
            files,
            objects.isEmpty() ? Optional.empty() : Optional.of(places),
            filed.isEmpty() ? Optional.empty() : Optional.of(entities),
            0,
            work.resolve("minted/"),
            skip,
            retry));
  }

  /** The lines that the last {@link #mint} stored. */
  List<MintedFile> lines() {
    return documents.readPage(ManifestRef.page(work.resolve("minted/"), 0), MintedFile.class);
  }

  static String md5(String content) {
    try {
      byte[] digest =
          MessageDigest.getInstance("MD5").digest(content.getBytes(StandardCharsets.UTF_8));
      return String.format("%032x", new BigInteger(1, digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
