package io.towpath.starter.schedule;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleClientOptions;
import io.temporal.client.schedules.ScheduleDescription;
import io.temporal.client.schedules.ScheduleException;
import io.temporal.client.schedules.ScheduleListDescription;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.ScheduleState;
import io.temporal.client.schedules.ScheduleUpdate;
import io.temporal.common.converter.EncodedValues;
import io.towpath.starter.exit.Stop;
import io.towpath.starter.request.RequestFile;
import io.towpath.starter.schedule.ScheduleChange.Verb;
import io.towpath.starter.temporal.TemporalConnection;
import io.towpath.workflows.ledger.ClaimDecision.Difference;
import io.towpath.workflows.ledger.Differences;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The schedules of a Temporal namespace. The server rewrites specs (cron to calendars), so what a
 * schedule was made from is kept in the memo of the workflow that it starts, which every update
 * replaces; whose it is, in its own memo, which no update can change.
 */
public final class Schedules {
  private static final String OWNER = "towpath.owner";

  private final ScheduleClient client;
  private final String address;

  public Schedules(TemporalConnection connection) {
    this.address = connection.address();
    this.client =
        ScheduleClient.newInstance(
            connection.stubs(),
            ScheduleClientOptions.newBuilder()
                .setNamespace(connection.namespace())
                .setDataConverter(connection.client().getOptions().getDataConverter())
                .build());
  }

  /** What differs between a file and the server, by name; then what the file no longer has. */
  public List<ScheduleChange> compare(ScheduleFile file) {
    List<ScheduleChange> changes = new ArrayList<>();
    for (WantedSchedule wanted : file.schedules()) {
      changes.add(compare(file.owner(), wanted));
    }
    Set<String> named =
        file.schedules().stream().map(WantedSchedule::id).collect(Collectors.toSet());
    asking(() -> client.listSchedules().filter(found -> owner(found).equals(file.owner())).toList())
        .stream()
        .map(ScheduleListDescription::getScheduleId)
        .filter(id -> !named.contains(id))
        .sorted()
        .forEach(id -> changes.add(new ScheduleChange(id, Verb.SURPLUS, List.of(), "")));
    return changes;
  }

  private ScheduleChange compare(String owner, WantedSchedule wanted) {
    Optional<ScheduleDescription> found = describe(wanted.id());
    if (found.isEmpty()) {
      return new ScheduleChange(wanted.id(), Verb.CREATE, List.of(), "");
    }
    ScheduleDescription there = found.get();
    if (!owner.equals(memo(there))) {
      return new ScheduleChange(wanted.id(), Verb.FOREIGN, List.of(), "");
    }
    List<Difference> differences = Differences.between(written(there), wanted.written());
    return new ScheduleChange(
        wanted.id(),
        differences.isEmpty() ? Verb.KEEP : Verb.UPDATE,
        differences,
        there.getSchedule().getState().isPaused() ? "paused" : "");
  }

  /**
   * Makes what is missing and updates what differs; nothing, where a name is somebody else's.
   *
   * @return what was done
   */
  public List<ScheduleChange> apply(ScheduleFile file) {
    List<ScheduleChange> changes = compare(file);
    refuseForeign(changes);
    for (WantedSchedule wanted : file.schedules()) {
      switch (verb(changes, wanted.id())) {
        case CREATE -> create(file.owner(), wanted);
        case UPDATE -> update(wanted);
        default -> {
          // as it should be
        }
      }
    }
    return changes;
  }

  /**
   * Deletes what was made from the file and is no longer in it.
   *
   * @return what was deleted
   */
  public List<ScheduleChange> prune(ScheduleFile file) {
    List<ScheduleChange> surplus =
        compare(file).stream().filter(change -> change.verb() == Verb.SURPLUS).toList();
    surplus.forEach(change -> delete(change.id()));
    return surplus;
  }

  private static Verb verb(List<ScheduleChange> changes, String id) {
    return changes.stream()
        .filter(change -> change.id().equals(id))
        .map(ScheduleChange::verb)
        .findFirst()
        .orElse(Verb.KEEP);
  }

  private static void refuseForeign(List<ScheduleChange> changes) {
    List<String> foreign =
        changes.stream()
            .filter(change -> change.verb() == Verb.FOREIGN)
            .map(ScheduleChange::id)
            .toList();
    if (!foreign.isEmpty()) {
      throw Stop.badInput(
          "the server has schedules of these names that were not made from this file (another"
              + " owner, or by hand): "
              + String.join(", ", foreign)
              + "; nothing was changed. Give yours other names, or delete those.");
    }
  }

  private void create(String owner, WantedSchedule wanted) {
    asking(
        () ->
            client.createSchedule(
                wanted.id(),
                Schedule.newBuilder()
                    .setAction(wanted.action())
                    .setSpec(wanted.cadence().spec())
                    .setPolicy(wanted.policy())
                    .setState(
                        ScheduleState.newBuilder()
                            .setPaused(wanted.paused())
                            .setNote(wanted.note())
                            .build())
                    .build(),
                ScheduleOptions.newBuilder().setMemo(Map.of(OWNER, owner)).build()));
  }

  /** Replaces what a schedule does and when; whether it is paused stays as people left it. */
  private void update(WantedSchedule wanted) {
    asking(
        () -> {
          client
              .getHandle(wanted.id())
              .update(
                  input -> {
                    Schedule there = input.getDescription().getSchedule();
                    return new ScheduleUpdate(
                        Schedule.newBuilder(there)
                            .setAction(wanted.action())
                            .setSpec(wanted.cadence().spec())
                            .setPolicy(wanted.policy())
                            .build());
                  });
          return wanted;
        });
  }

  private void delete(String id) {
    asking(
        () -> {
          client.getHandle(id).delete();
          return id;
        });
  }

  private Optional<ScheduleDescription> describe(String id) {
    return asking(
        () -> {
          try {
            return Optional.of(client.getHandle(id).describe());
          } catch (ScheduleException e) {
            if (status(e).getCode() == Status.Code.NOT_FOUND) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  private static String owner(ScheduleListDescription found) {
    return found.getMemo(OWNER, String.class) instanceof String owner ? owner : "";
  }

  private static String memo(ScheduleDescription there) {
    return there.getMemo(OWNER, String.class) instanceof String owner ? owner : "";
  }

  /** What it was made from; empty where a person replaced its action by hand. */
  private static Map<String, Object> written(ScheduleDescription there) {
    Map<String, Object> memo =
        there.getSchedule().getAction() instanceof ScheduleActionStartWorkflow start
            ? Objects.requireNonNullElse(start.getOptions().getMemo(), Map.of())
            : Map.of();
    return memo.get(WantedSchedule.WRITTEN) instanceof EncodedValues kept
        ? RequestFile.object(there.getId(), kept.get(0, String.class))
        : Map.of();
  }

  private <T> T asking(Supplier<T> call) {
    try {
      return call.get();
    } catch (ScheduleException | StatusRuntimeException e) {
      Status status = status(e);
      String words = status.getDescription() == null ? "" : " " + status.getDescription();
      throw status.getCode() == Status.Code.UNIMPLEMENTED
          ? Stop.unreachable("the Temporal server at " + address + " has no schedules")
          : Stop.unreachable("Temporal at " + address + " refuses: " + status.getCode() + words);
    }
  }

  private static Status status(RuntimeException e) {
    return Status.fromThrowable(e);
  }
}
