package io.towpath.activities.containers.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AwsSecretStoreIT {
  private static AwsSandbox aws;
  private static AwsSecretStore store;

  @BeforeAll
  static void start() {
    aws = new AwsSandbox();
    store = new AwsSecretStore(aws.connection(), List.of());
  }

  @AfterAll
  static void stop() {
    aws.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws-sm:" + AwsSandbox.SECRET, "aws-sm:s", "aws-ssm:/demo/parameter"})
  void a_secret_is_read_by_its_name_or_arn(String reference) {
    assertThat(store.reads(reference)).isTrue();
    assertThat(store.value(reference)).isEqualTo(AwsSandbox.VALUE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws-sm:none", "aws-ssm:/demo/none"})
  void one_that_is_not_there_is_the_requests_mistake(String reference) {
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> store.value(reference))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.INPUT_REJECTED))
        .withMessageContaining("NotFound");
  }

  @Test
  void other_references_are_not_of_this_store() {
    assertThat(store.reads("env:aws-sm")).isFalse();
  }
}
