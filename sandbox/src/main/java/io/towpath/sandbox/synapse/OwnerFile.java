package io.towpath.sandbox.synapse;

import io.towpath.sandbox.s3.ObjectStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The proof that a person may use a bucket: {@code owner.txt} names them (BucketOwnerVerifier). */
final class OwnerFile {
  private static final int MAX_LINES = 100;
  private final ObjectStore store;

  OwnerFile(ObjectStore store) {
    this.store = store;
  }

  void require(SynapseAccount caller, String bucket, Optional<String> baseKey) {
    String key = baseKey.map(base -> base + "/").orElse("") + "owner.txt";
    String help = help(bucket, key);
    if (!store.bucketExists(bucket)) {
      throw Refusals.badRequest("Did not find S3 bucket " + bucket + help);
    }
    if (store.head(bucket, key).isEmpty()) {
      throw Refusals.badRequest(
          "Did not find S3 object at key " + key + " from bucket " + bucket + help);
    }
    List<String> names =
        List.of(
            caller.userId(),
            caller.userName().toLowerCase(Locale.ROOT),
            caller.email().toLowerCase(Locale.ROOT));
    if (read(bucket, key).stream().noneMatch(names::contains)) {
      throw Refusals.badRequest(
          "Could not find a valid user identifier under key "
              + key
              + " from bucket "
              + bucket
              + help);
    }
  }

  private static String help(String bucket, String key) {
    return ". For security purposes, Synapse needs to establish that the user has permission to"
        + " write to the bucket. Please create an S3 object in bucket '"
        + bucket
        + "' with key '"
        + key
        + "' that contains a line separated list that includes your Synapse username, email, user"
        + " id or the id of a team that you belong to. Also see"
        + " https://help.synapse.org/docs/Custom-Storage-Locations.2048327803.html";
  }

  private List<String> read(String bucket, String key) {
    List<String> owners = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(store.open(bucket, key, 0, -1), StandardCharsets.UTF_8))) {
      reader
          .lines()
          .limit(MAX_LINES)
          .flatMap(line -> List.of(line.split(",", -1)).stream())
          .map(owner -> owner.strip().toLowerCase(Locale.ROOT))
          .forEach(owners::add);
    } catch (IOException unreadable) {
      throw Refusals.badRequest("Could not read key " + key + " from bucket " + bucket);
    }
    return owners;
  }
}
