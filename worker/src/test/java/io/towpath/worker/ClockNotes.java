package io.towpath.worker;

import io.temporal.testing.TestWorkflowEnvironment;
import java.lang.reflect.Field;
import java.util.LinkedList;
import java.util.List;
import java.util.Objects;

/**
 * The in-JVM server notes, for debugging, each time that its clock is locked, and never forgets
 * one: each further call walks over all of them, which took a tenth of the suite's CPU. Here it
 * notes nothing ({@code lockEvents} of temporal-test-server's {@code SelfAdvancingTimerImpl},
 * 1.38).
 */
final class ClockNotes {
  private ClockNotes() {}

  /** No notes, in the list that the server's field holds. */
  @SuppressWarnings("JdkObsolete")
  private static final class Forgotten extends LinkedList<Object> {
    private static final long serialVersionUID = 1;

    @Override
    public boolean add(Object note) {
      return true;
    }

    @Override
    public boolean remove(Object note) {
      return true;
    }
  }

  static void forget(TestWorkflowEnvironment server) {
    try {
      Object clock = server;
      for (String name : List.of("inProcessServer", "testServicesStarter", "selfAdvancingTimer")) {
        clock = Objects.requireNonNull(field(clock, name).get(clock), name);
      }
      field(clock, "lockEvents").set(clock, new Forgotten());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the in-JVM server keeps its notes elsewhere now", e);
    }
  }

  private static Field field(Object object, String name) throws NoSuchFieldException {
    Field field = object.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }
}
