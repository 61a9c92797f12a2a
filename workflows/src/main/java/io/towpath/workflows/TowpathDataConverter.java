package io.towpath.workflows;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.JacksonJsonPayloadConverter;

/**
 * The one data converter of worker, starter and tests. Unknown fields are ignored, so that a worker
 * rolled back after a field was added still decodes its runs; a missing primitive is an error, not
 * 0.
 */
public final class TowpathDataConverter {
  private TowpathDataConverter() {}

  public static DataConverter create() {
    ObjectMapper json = JacksonJsonPayloadConverter.newDefaultObjectMapper();
    json.configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
    json.configure(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, true);
    return DefaultDataConverter.newDefaultInstance()
        .withPayloadConverterOverrides(new JacksonJsonPayloadConverter(json));
  }
}
