package io.towpath.workflows;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.temporal.common.converter.CodecDataConverter;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.JacksonJsonPayloadConverter;
import io.towpath.workflows.payload.PayloadEncryption;
import io.towpath.workflows.payload.PayloadKeys;
import java.util.List;

/**
 * The one data converter of worker, starter and tests. Unknown fields are ignored, so that a worker
 * rolled back after a field was added still decodes its runs; a missing primitive is an error, not
 * 0.
 */
public final class TowpathDataConverter {
  private TowpathDataConverter() {}

  /** Without encryption. */
  public static DataConverter create() {
    return create(PayloadKeys.none());
  }

  /** With payloads, and the messages of failures, encrypted where there are keys. */
  public static DataConverter create(PayloadKeys keys) {
    boolean encrypts = keys.current().isPresent();
    return new CodecDataConverter(plain(), List.of(new PayloadEncryption(keys)), encrypts);
  }

  private static DataConverter plain() {
    ObjectMapper json = JacksonJsonPayloadConverter.newDefaultObjectMapper();
    json.configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
    json.configure(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, true);
    return DefaultDataConverter.newDefaultInstance()
        .withPayloadConverterOverrides(new JacksonJsonPayloadConverter(json));
  }
}
