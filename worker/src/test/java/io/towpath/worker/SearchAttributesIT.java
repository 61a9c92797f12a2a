package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.client.WorkflowClient;
import io.towpath.workflows.SearchKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a worker does to a server that has none of our search attributes. */
@Tag("devserver")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SearchAttributesIT {
  private static final Pattern QUERY = Pattern.compile("temporal workflow list -q \"([^\"]+)\"");

  private static TemporalUnderTest temporal;

  @BeforeAll
  static void start() {
    temporal = TemporalUnderTest.start();
  }

  @AfterAll
  static void stop() {
    temporal.close();
  }

  @Test
  void a_plain_server_gets_what_is_missing_and_every_attribute_can_be_searched() {
    WorkflowClient client = temporal.client();

    assertThat(register(client)).isTrue();
    assertThat(register(client)).as("registered again").isTrue();

    assertThat(SearchKeys.types()).isNotEmpty();
    for (String name : SearchKeys.types().keySet()) {
      assertThat(client.countWorkflows(name + " IS NOT NULL").getCount()).as(name).isZero();
    }
  }

  @Test
  void a_server_understands_the_queries_that_the_readme_shows() throws IOException {
    WorkflowClient client = temporal.client();
    register(client);
    String readme =
        Files.readString(Path.of(System.getProperty("towpath.root", ".."), "README.md"));

    List<String> queries = QUERY.matcher(readme).results().map(query -> query.group(1)).toList();

    assertThat(queries).hasSizeGreaterThanOrEqualTo(3);
    for (String query : queries) {
      assertThat(client.countWorkflows(query).getCount()).as(query).isZero();
    }
  }

  private static boolean register(WorkflowClient client) {
    return SearchAttributes.register(
        client.getWorkflowServiceStubs(), client.getOptions().getNamespace());
  }
}
