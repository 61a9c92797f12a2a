package io.towpath.sandbox.seed;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.sandbox.control.Plans;
import io.towpath.sandbox.engine.HeapStore;
import io.towpath.sandbox.engine.SimulatedEngine;
import io.towpath.sandbox.s3.S3Keys;
import io.towpath.sandbox.seqera.SeqeraPlatform;
import io.towpath.sandbox.seqera.SeqeraSettings;
import io.towpath.sandbox.sevenbridges.SevenBridgesPlatform;
import io.towpath.sandbox.sevenbridges.SevenBridgesSettings;
import io.towpath.sandbox.synapse.SynapseAccount;
import io.towpath.sandbox.synapse.SynapsePlatform;
import io.towpath.sandbox.synapse.SynapseSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(30)
final class DemoSeedTest {
  private static final InstantSource CLOCK = InstantSource.system();
  private final HeapStore store = new HeapStore();
  @TempDir private Path scratch;

  @Test
  void every_promised_id_is_there() {
    Map<String, String> ids = plant(store);

    assertThat(ids.keySet())
        .contains(
            "synapse.project",
            "synapse.manifest",
            "synapse.hostileManifest",
            "synapse.brokenManifest",
            "synapse.results",
            "seqera.workspace",
            "seqera.computeEnv",
            "seqera.pipeline",
            "seqera.pipelineId",
            "seqera.revision",
            "s3.bucket",
            "sevenbridges.project",
            "sevenbridges.volumeReadOnly",
            "sevenbridges.volumeReadWrite",
            "sevenbridges.app",
            "sevenbridges.sheet");
    assertThat(ids.values()).doesNotContain("").doesNotHaveDuplicates();
    assertThat(ids.get("synapse.manifest")).matches("syn\\d+");
    assertThat(store.bucketExists(ids.getOrDefault("s3.bucket", ""))).isTrue();
  }

  @Test
  void planting_twice_gives_the_same_ids() {
    assertThat(plant(new HeapStore())).isEqualTo(plant(new HeapStore()));
  }

  @Test
  void hostile_names_are_names_of_stored_files() {
    plant(store);

    assertThat(store.list("synapse-own", ""))
        .extracting(stored -> stored.key().replaceFirst("^.*/", ""))
        .contains("R&D 'first'  run+50%_R1.fastq.gz", "Größe_β_試料_R2.fastq.gz");
  }

  private Map<String, String> plant(HeapStore objects) {
    SynapseSettings settings =
        new SynapseSettings(
            List.of(SynapseAccount.certified("3400001", "ann", "token-of-ann-0123456789")),
            true,
            1,
            () -> URI.create("http://127.0.0.1"),
            CLOCK,
            "synapse-own",
            new S3Keys("key", "secret"),
            scratch);
    SynapsePlatform synapse = new SynapsePlatform(objects, settings);
    try (SimulatedEngine engine = new SimulatedEngine(objects, CLOCK, 1)) {
      SeqeraSettings own =
          SeqeraSettings.of("token", () -> URI.create("http://127.0.0.1/api"), DemoSeed.WORK_DIR);
      SeqeraPlatform seqera = new SeqeraPlatform(own, objects, engine, new Plans());
      return DemoSeed.plant(objects, synapse.seed(), seqera.seed(), sevenBridges(objects).seed());
    }
  }

  private static SevenBridgesPlatform sevenBridges(HeapStore objects) {
    SevenBridgesSettings settings =
        new SevenBridgesSettings(
            "ann",
            "token",
            true,
            1,
            1,
            "platform-own",
            (bucket, key) -> key,
            Optional.empty(),
            CLOCK);
    return new SevenBridgesPlatform(settings, objects, new Plans());
  }
}
