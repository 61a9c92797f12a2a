package io.towpath.starter.schedule;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleAlreadyRunningException;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleClientOptions;
import io.temporal.client.schedules.ScheduleDescription;
import io.temporal.client.schedules.ScheduleException;
import io.temporal.client.schedules.ScheduleListDescription;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.ScheduleState;
import io.temporal.client.schedules.ScheduleUpdate;
import io.temporal.common.converter.DataConverterException;
import io.towpath.starter.exit.Stop;
import io.towpath.starter.schedule.ScheduleChange.Verb;
import io.towpath.starter.temporal.TemporalConnection;
import io.towpath.workflows.ledger.ClaimDecision.Difference;
import io.towpath.workflows.ledger.Differences;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The schedules of a Temporal namespace, each with the mark of the file that it was made from. */
public final class Schedules {
  private final ScheduleClient client;
  private final String address;
  private final Optional<String> key;

  public Schedules(TemporalConnection connection) {
    this.address = connection.address();
    this.key = connection.payloadKey();
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
    asking(() -> client.listSchedules().map(ScheduleListDescription::getScheduleId).toList())
        .stream()
        .filter(id -> !named.contains(id) && isOf(file.owner(), id))
        .sorted()
        .forEach(id -> changes.add(new ScheduleChange(id, Verb.SURPLUS, List.of(), "")));
    return changes;
  }

  private ScheduleChange compare(String owner, WantedSchedule wanted) {
    return describe(wanted.id())
        .map(ScheduleDescription::getSchedule)
        .map(
            there ->
                ScheduleMark.read(there)
                    .filter(mark -> mark.owner().equals(owner))
                    .map(mark -> compare(mark, there, ScheduleMark.of(owner, key, wanted), wanted))
                    .orElseGet(() -> new ScheduleChange(wanted.id(), Verb.FOREIGN, List.of(), "")))
        .orElseGet(() -> new ScheduleChange(wanted.id(), Verb.CREATE, List.of(), ""));
  }

  private static ScheduleChange compare(
      ScheduleMark mark, Schedule there, ScheduleMark asked, WantedSchedule wanted) {
    List<Difference> differences = Differences.between(mark.fields(), asked.fields());
    return new ScheduleChange(
        wanted.id(),
        differences.isEmpty() ? Verb.KEEP : Verb.UPDATE,
        differences,
        there.getState().isPaused() ? "paused" : "");
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
        case UPDATE -> update(file.owner(), wanted);
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
        () -> {
          try {
            return client.createSchedule(
                wanted.id(), made(owner, wanted), ScheduleOptions.newBuilder().build());
          } catch (ScheduleAlreadyRunningException e) {
            throw Stop.unreachable(
                wanted.id() + " was made by somebody else at this moment; apply the file again");
          }
        });
  }

  private Schedule made(String owner, WantedSchedule wanted) {
    return Schedule.newBuilder()
        .setAction(wanted.action(ScheduleMark.of(owner, key, wanted)))
        .setSpec(wanted.cadence().spec())
        .setPolicy(wanted.policy())
        .setState(
            ScheduleState.newBuilder().setPaused(wanted.paused()).setNote(wanted.note()).build())
        .build();
  }

  /** Replaces what a schedule does and when; whether it is paused stays as people left it. */
  private void update(String owner, WantedSchedule wanted) {
    asking(
        () -> {
          client
              .getHandle(wanted.id())
              .update(
                  input -> {
                    Schedule there = input.getDescription().getSchedule();
                    return new ScheduleUpdate(
                        Schedule.newBuilder(made(owner, wanted))
                            .setState(there.getState())
                            .build());
                  });
          return wanted;
        });
  }

  /** One that is gone already needs no deleting. */
  private void delete(String id) {
    asking(
        () -> {
          try {
            client.getHandle(id).delete();
          } catch (ScheduleException e) {
            if (status(e).getCode() != Status.Code.NOT_FOUND) {
              throw e;
            }
          }
          return id;
        });
  }

  /** One whose mark nobody here can read is not ours. */
  private boolean isOf(String owner, String id) {
    try {
      return describe(id)
          .flatMap(there -> ScheduleMark.read(there.getSchedule()))
          .filter(mark -> mark.owner().equals(owner))
          .isPresent();
    } catch (DataConverterException e) {
      return false;
    }
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
