package io.towpath.activities.samplesheet;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.samplesheet.PrepareRules;
import io.towpath.workflows.samplesheet.SchemaRef;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Shapes and checks one sheet, row by row, and collects everything that is wrong. */
final class Preparation {
  private static final String SHEET_FILE = "assets/schema_input.json";
  private static final String PARAMS_FILE = "nextflow_schema.json";

  private final PrepareRules rules;
  private final String place;
  private final SchemaSource schemas;
  private final ProblemList problems = new ProblemList();
  private Optional<String> schemaSha256 = Optional.empty();
  private Optional<SheetSchema> schema = Optional.empty();
  private long rows;

  Preparation(PrepareRules rules, SchemaSource schemas) {
    this(rules, "prepare", schemas);
  }

  /**
   * @param place where the request has the rules
   */
  Preparation(PrepareRules rules, String place, SchemaSource schemas) {
    this.rules = rules;
    this.place = place;
    this.schemas = schemas;
  }

  /** What the cells become, and which rows cannot be judged yet. */
  interface Cells {
    /** The text that takes a cell's place. */
    Optional<String> replacement(SheetCell cell);

    /** Whether the row just read has a file whose place is not known; asked once per row. */
    boolean unknownPlace();
  }

  /** Gets and reads the schemas of the sheet, and of parameters; what fails is a problem. */
  Preparation withSchemas(Map<String, Map<String, Object>> params) {
    schema = rules.sheetSchema().flatMap(ref -> read(ref, SHEET_FILE, this::sheetSchema));
    rules
        .paramsSchema()
        .flatMap(ref -> read(ref, PARAMS_FILE, found -> new ParamsSchema(found.root())))
        .ifPresent(known -> params.forEach((place, own) -> known.check(place, own, problems)));
    return this;
  }

  private SheetSchema sheetSchema(SchemaSource.Schema found) {
    schemaSha256 = Optional.of(found.sha256());
    return new SheetSchema(found.root());
  }

  boolean hasSchema() {
    return schema.isPresent();
  }

  /** The rows are not the last word: a user's activity still has the sheet. */
  void withoutSheetSchema() {
    schema = Optional.empty();
  }

  /** Looks at the rules alone, for a sheet that cannot be read. */
  void checkRules() {
    problems.addAll(new RowShape(rules, place, List.of()).problems());
  }

  /** Shapes every row, checks it and writes it. */
  void shape(Sheet sheet, Cells cells, OutputStream out) {
    RowShape shape = new RowShape(rules, place, sheet.header());
    problems.addAll(shape.problems());
    if (!shape.problems().isEmpty()) {
      return;
    }
    String form = rules.write().equals("auto") ? sheet.form() : rules.write();
    char delimiter =
        form.equals(sheet.form()) ? sheet.delimiter() : form.equals("tsv") ? '\t' : ',';
    boolean texts = form.equals("csv") || form.equals("tsv");
    try (RowWriter writer = RowWriter.to(out, form, delimiter, shape.columns())) {
      RowGroups groups =
          new RowGroups(
              rules.group(),
              problems,
              row -> {
                rows++;
                writer.write(row.values());
                checkRow(row, texts);
              });
      sheet.forEachRow(
          cells::replacement,
          row -> {
            if (!problems.full()) {
              boolean placed = !cells.unknownPlace();
              groups.add(shape.apply(new SheetRow(row.line(), row.values(), placed), problems));
            }
          });
      groups.end();
    }
    schema.filter(known -> !problems.full()).ifPresent(known -> known.end(problems));
  }

  /** Checks the rows as they are. */
  void check(Sheet sheet, Cells cells) {
    boolean texts = sheet.form().equals("csv") || sheet.form().equals("tsv");
    sheet.forEachRow(
        cells::replacement,
        row -> {
          rows++;
          checkRow(new SheetRow(row.line(), row.values(), !cells.unknownPlace()), texts);
        });
    schema.ifPresent(known -> known.end(problems));
  }

  private void checkRow(SheetRow row, boolean texts) {
    if (row.placed() && !problems.full()) {
      schema.ifPresent(known -> known.check(row, texts, problems));
    }
  }

  long rows() {
    return rows;
  }

  Optional<String> schemaSha256() {
    return schemaSha256;
  }

  List<Problem> problems() {
    return problems.all();
  }

  void add(String place, String text) {
    problems.add(place, text);
  }

  /** Refuses the sheet if anything is wrong with it; every row is named. */
  void requireRight(String what) {
    problems.requireNone(what);
  }

  private <T> Optional<T> read(
      SchemaRef ref, String file, Function<SchemaSource.Schema, T> reader) {
    try {
      return Optional.of(reader.apply(schemas.get(ref, file)));
    } catch (PlatformException e) {
      if (e.kind() != FailureKind.INPUT_REJECTED) {
        throw e;
      }
      problems.add(ref.place(), String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      problems.add(ref.place(), String.valueOf(e.getMessage()));
    }
    return Optional.empty();
  }
}
