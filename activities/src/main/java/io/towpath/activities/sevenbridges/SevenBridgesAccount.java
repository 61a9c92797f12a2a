package io.towpath.activities.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.http.ApiAccount;
import io.towpath.activities.poll.StatusReader;
import java.time.Duration;
import java.util.Set;
import okhttp3.OkHttpClient;

/** One account at work: its clients, with one quota, and what all who wait in it share. */
final class SevenBridgesAccount {
  /** The last states of imports and exports. */
  static final Set<String> TRANSFERRED = Set.of("COMPLETED", "FAILED");

  private final ApiAccount shared;
  private final SevenBridgesClient client;
  private final TasksClient tasks;
  private final StatusReader<JsonNode> importStates;
  private final StatusReader<JsonNode> taskStates;
  private final StatusReader<JsonNode> exportStates;

  SevenBridgesAccount(
      OkHttpClient http, String name, SevenBridgesConnection connection, Duration pollFloor) {
    SevenBridgesApi api = new SevenBridgesApi(http, name, connection);
    this.shared = api.account();
    this.client = new SevenBridgesClient(api);
    this.tasks = new TasksClient(api);
    this.importStates =
        new StatusReader<>(new BulkStatuses(client::getImports, "state", TRANSFERRED), pollFloor);
    this.exportStates =
        new StatusReader<>(new BulkStatuses(tasks::getExports, "state", TRANSFERRED), pollFloor);
    this.taskStates =
        new StatusReader<>(
            new BulkStatuses(
                ids -> tasks.getTasks(ids, TaskRow.WATCHED), TaskRow.STATE, TaskRow.LAST),
            pollFloor);
  }

  /**
   * Where people look at a task. The site of an API at {@code cavatica-api.sbgenomics.com} is that
   * host without {@code -api}; of another one only the API's own address is known.
   */
  String taskPage(String project, String id) {
    String host = shared.base().host();
    return host.contains("-api.")
        ? "https://" + host.replace("-api.", ".") + "/u/" + project + "/tasks/" + id
        : shared.base() + "/tasks/" + id;
  }

  /** What another adapter needs to call the platform under the same quota. */
  ApiAccount shared() {
    return shared;
  }

  SevenBridgesClient client() {
    return client;
  }

  TasksClient tasks() {
    return tasks;
  }

  /** Import jobs by id. */
  StatusReader<JsonNode> importStates() {
    return importStates;
  }

  /** Tasks by id. */
  StatusReader<JsonNode> taskStates() {
    return taskStates;
  }

  /** Export jobs by id. */
  StatusReader<JsonNode> exportStates() {
    return exportStates;
  }
}
