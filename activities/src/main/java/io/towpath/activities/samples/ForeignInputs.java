package io.towpath.activities.samples;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.MappingIterator;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.samplesheet.ProblemList;
import io.towpath.activities.samplesheet.Shortened;
import io.towpath.activities.store.Digests;
import io.towpath.activities.store.S3Documents;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.samples.SampleActivities.ForeignDocument;
import io.towpath.workflows.samples.TaskInputs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The inputs that a user's own activity made of the samples, by sample. */
final class ForeignInputs {
  private static final int MOST_BYTES = 64 << 20;

  private final Map<String, Map<String, Object>> bySample;
  private final ProblemList problems;

  private ForeignInputs(Map<String, Map<String, Object>> bySample, ProblemList problems) {
    this.bySample = bySample;
    this.problems = problems;
  }

  /** One element of the document. */
  private record Made(@Nullable String sample, @Nullable Map<String, Object> inputs) {}

  /** The samples with their files as the activity is given them. */
  static byte[] describe(ImportedSamples samples) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = S3Documents.JSON.getFactory().createGenerator(out)) {
      json.writeStartArray();
      samples.forEach(sample -> List.of(), sample -> write(json, sample));
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static void write(JsonGenerator json, SampleContext sample) {
    Map<String, Object> element = new LinkedHashMap<>();
    element.put("sample", sample.id());
    element.put("rows", sample.files());
    try {
      json.writeObject(element);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads what came back; fails when it is not what the activity says it wrote. */
  static ForeignInputs read(S3Documents documents, ForeignDocument made, ProblemList problems) {
    byte[] bytes = documents.read(made.uri(), MOST_BYTES);
    String sha256 = Digests.sha256(bytes);
    if (!sha256.equalsIgnoreCase(made.sha256())) {
      throw refused(
          made,
          "has SHA-256 "
              + sha256
              + ", the activity returned "
              + Shortened.of(made.sha256())
              + "; write the inputs first, then return the digest of their bytes");
    }
    Map<String, Map<String, Object>> bySample = new LinkedHashMap<>();
    try (MappingIterator<Made> elements =
        S3Documents.JSON.readerFor(new TypeReference<Made>() {}).readValues(bytes)) {
      while (elements.hasNextValue()) {
        take(elements.nextValue(), bySample, problems);
      }
    } catch (IOException e) {
      throw refused(made, "is no list of {sample, inputs: {…}}; correct the activity");
    }
    return new ForeignInputs(bySample, problems);
  }

  private static void take(
      Made made, Map<String, Map<String, Object>> bySample, ProblemList problems) {
    if (made.sample() == null || made.inputs() == null) {
      problems.add("the activity's inputs", "an element is not {sample, inputs: {…}}");
      return;
    }
    Map<String, Object> inputs = new TreeMap<>(made.inputs());
    inputs.values().removeIf(value -> value == null);
    if (bySample.put(made.sample(), inputs) != null) {
      problems.add("sample " + Shortened.of(made.sample()), "the activity made its inputs twice");
    }
  }

  /** The checked inputs of a sample; empty where they are wrong, which is told. */
  Optional<TaskInputs> of(SampleContext sample, TaskName name, AppCheck app) {
    int before = problems.size();
    Map<String, Object> inputs = bySample.remove(sample.id());
    if (inputs == null) {
      problems.add(sample.place(), "the activity made no inputs for it");
      return Optional.empty();
    }
    app.checkNames(inputs.keySet(), sample.place());
    Map<String, Object> complete = app.complete(inputs, inputs.keySet(), sample.place());
    String task = name.of(sample);
    return problems.size() > before || problems.full()
        ? Optional.empty()
        : Optional.of(new TaskInputs(sample.id(), task, complete));
  }

  /** Tells inputs that are for no sample. */
  void end() {
    bySample
        .keySet()
        .forEach(
            id ->
                problems.add(
                    "sample " + Shortened.of(id),
                    "the activity made inputs for it, but it was not given"));
  }

  private static PlatformException refused(ForeignDocument made, String why) {
    return new PlatformException(FailureKind.INPUT_REJECTED, made.uri() + " " + why);
  }
}
