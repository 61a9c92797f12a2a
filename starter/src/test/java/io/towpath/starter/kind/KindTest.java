package io.towpath.starter.kind;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.towpath.starter.json.Json;
import java.io.IOException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class KindTest {
  private final Kind kind = Kinds.named("round-trip");

  @Test
  void the_schema_requires_what_the_specification_requires() throws IOException {
    JsonNode schema = new JsonMapper().readTree(Json.document(JsonSchema.of(kind)));

    assertThat(schema.get("$schema").textValue()).endsWith("draft/2020-12/schema");
    assertThat(schema.get("required"))
        .extracting(JsonNode::textValue)
        .containsExactlyInAnyOrder("manifest", "stage", "runs", "index");
    assertThat(schema.at("/properties/runs/items/required"))
        .extracting(JsonNode::textValue)
        .containsExactlyInAnyOrder("name", "pipeline");
    assertThat(schema.at("/properties/manifest/required/0").textValue()).isEqualTo("synId");
    assertThat(schema.get("additionalProperties").booleanValue()).isFalse();
  }

  @Test
  void the_description_names_fields_stages_and_secrets() {
    assertThat(KindScreen.of(kind))
        .contains("manifest.synId *")
        .contains("runs[].pipeline *")
        .contains("Stages:")
        .contains("SYNAPSE_AUTH_TOKEN");
  }

  @Test
  void a_scans_schema_has_the_round_trips_fields_but_not_its_manifest() throws IOException {
    Kind scan = Kinds.named("manifest-scan");
    JsonNode schema = new JsonMapper().readTree(Json.document(JsonSchema.of(scan)));

    assertThat(schema.get("required"))
        .extracting(JsonNode::textValue)
        .containsExactlyInAnyOrder("folder", "template");
    assertThat(schema.at("/properties/template/required"))
        .extracting(JsonNode::textValue)
        .containsExactlyInAnyOrder("stage", "runs", "index");
    assertThat(
            schema.at("/properties/template/properties/manifest/anyOf/0/properties").fieldNames())
        .toIterable()
        .containsExactly("format");
  }
}
