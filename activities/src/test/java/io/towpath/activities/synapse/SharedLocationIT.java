package io.towpath.activities.synapse;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.activities.submit.Settles;
import io.towpath.activities.submit.SubmitOnce;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.S3Uri;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(120)
class SharedLocationIT {
  private static final S3Uri FOLDER = S3Uri.of(SynapseSandbox.BUCKET, "towpath/owner/");

  @AutoClose private final SynapseSandbox sandbox = new SynapseSandbox();

  @Test
  void two_users_who_index_at_once_are_both_owners_afterwards() throws Exception {
    sandbox.put("towpath/owner/owner.txt", "Team-7\n");

    atOnce(List.of(() -> owner("default"), () -> owner("bob"), () -> owner("worker 1")));

    assertThat(ownerFile().lines())
        .containsExactlyInAnyOrder("Team-7", "3400001", "3400003")
        .first()
        .isEqualTo("Team-7");
  }

  @Test
  void two_indexers_at_once_share_one_storage_location() throws Exception {
    List<Long> ids =
        atOnce(
            List.of(
                () -> location("default", "round-trip/syn1.1/a"),
                () -> location("worker 1", "round-trip/syn1.1/b")));

    assertThat(ids.get(0)).isEqualTo(ids.get(1));
    assertThat(sandbox.client().storageLocations().path("list")).hasSize(1);
  }

  @Test
  void the_location_of_another_user_is_not_taken() throws Exception {
    assertThat(
            atOnce(
                List.of(
                    () -> location("default", "round-trip/syn1.1/a"),
                    () -> location("bob", "round-trip/syn1.1/b"))))
        .doesNotHaveDuplicates();
  }

  private Long owner(String connection) {
    new OwnerFile(sandbox.clients(), FOLDER).ensure(sandbox.connections().get(connection).user());
    return 0L;
  }

  private Long location(String connection, String businessKey) {
    owner(connection);
    return new StorageLocation(sandbox.connections().get(connection).client(), FOLDER)
        .ensure(
            new SubmitOnce(sandbox.ledger, Settles.of(SynapseSandbox.SETTLE)),
            new Claim(businessKey, 1, 1));
  }

  private String ownerFile() {
    return new String(
        sandbox.documents().read(FOLDER.resolve("owner.txt")), StandardCharsets.UTF_8);
  }

  private static List<Long> atOnce(List<Callable<Long>> works) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(works.size());
    CyclicBarrier begin = new CyclicBarrier(works.size());
    try {
      List<Future<Long>> running = new ArrayList<>();
      for (Callable<Long> work : works) {
        running.add(
            threads.submit(
                () -> {
                  begin.await();
                  return work.call();
                }));
      }
      List<Long> results = new ArrayList<>();
      for (Future<Long> result : running) {
        results.add(result.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
