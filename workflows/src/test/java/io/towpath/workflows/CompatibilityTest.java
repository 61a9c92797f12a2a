package io.towpath.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.temporal.activity.ActivityInterface;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.history.v1.ActivityTaskScheduledEventAttributes;
import io.temporal.api.history.v1.History;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.metadata.POJOActivityInterfaceMetadata;
import io.temporal.common.metadata.POJOActivityMethodMetadata;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Workers of two versions work on the same runs while one takes over from the other, and may go
 * back: each reads what the other one wrote. Requests are the exception, as people write them: what
 * a version does not know in one, it refuses.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CompatibilityTest {
  private static final DataConverter CONVERTER = TowpathDataConverter.create();
  private static final Map<String, Method> ACTIVITIES = activities();

  static Stream<GoldenHistory> histories() {
    return GoldenHistory.all();
  }

  @ParameterizedTest
  @MethodSource("histories")
  void a_workflow_reads_what_activities_of_a_newer_version_answer(GoldenHistory history) {
    History.Builder newer = History.newBuilder();
    int added = 0;
    for (HistoryEvent event : history.events().getEvents()) {
      HistoryEvent extended =
          event.hasWorkflowExecutionStartedEventAttributes() ? event : extended(event);
      added += extended.equals(event) ? 0 : 1;
      newer.addEvents(extended);
    }

    assertThat(added).isPositive();
    GoldenHistory.replays(
        new WorkflowExecutionHistory(
            newer.build(), history.events().getWorkflowExecution().getWorkflowId()));
  }

  @ParameterizedTest
  @MethodSource("histories")
  void an_activity_reads_what_workflows_of_older_and_newer_versions_ask(GoldenHistory history) {
    List<HistoryEvent> asked =
        history.events().getEvents().stream()
            .filter(HistoryEvent::hasActivityTaskScheduledEventAttributes)
            .toList();

    assertThat(asked).isNotEmpty();
    for (HistoryEvent event : asked) {
      assertThatCode(() -> decode(event)).doesNotThrowAnyException();
      assertThatCode(() -> decode(extended(event))).doesNotThrowAnyException();
    }
  }

  private static void decode(HistoryEvent event) {
    ActivityTaskScheduledEventAttributes asked = event.getActivityTaskScheduledEventAttributes();
    Method activity = ACTIVITIES.get(asked.getActivityType().getName());
    assertThat(activity).as(asked.getActivityType().getName()).isNotNull();
    Optional<Payloads> input = Optional.of(asked.getInput());
    for (int i = 0; i < activity.getParameterCount(); i++) {
      CONVERTER.fromPayloads(
          i, input, activity.getParameterTypes()[i], activity.getGenericParameterTypes()[i]);
    }
  }

  /** The event with a field more in each JSON object that it carries. */
  private static HistoryEvent extended(HistoryEvent event) {
    Message.Builder builder = event.toBuilder();
    extend(builder);
    return (HistoryEvent) builder.build();
  }

  private static void extend(Message.Builder message) {
    if (message instanceof Payload.Builder payload) {
      String json = payload.getData().toStringUtf8();
      if (json.startsWith("{\"")) {
        payload.setData(
            ByteString.copyFromUtf8("{\"addedLater\":{\"by\":[1]}," + json.substring(1)));
      }
      return;
    }
    message
        .getAllFields()
        .forEach(
            (field, value) -> {
              if (value instanceof Message) {
                extend(message.getFieldBuilder(field));
              } else if (field.isRepeated()
                  && !field.isMapField()
                  && value instanceof List<?> all) {
                for (int i = 0; i < all.size() && all.get(i) instanceof Message; i++) {
                  extend(message.getRepeatedFieldBuilder(field, i));
                }
              }
            });
  }

  private static Map<String, Method> activities() {
    Map<String, Method> methods = new TreeMap<>();
    for (JavaClass port :
        new ClassFileImporter(List.of(new ImportOption.DoNotIncludeTests()))
            .importPackages("io.towpath.workflows")) {
      if (port.isAnnotatedWith(ActivityInterface.class)) {
        for (POJOActivityMethodMetadata method :
            POJOActivityInterfaceMetadata.newInstance(port.reflect()).getMethodsMetadata()) {
          methods.put(method.getActivityTypeName(), method.getMethod());
        }
      }
    }
    return methods;
  }
}
