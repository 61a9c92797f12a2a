package io.towpath.workflows.roundtrip;

import io.towpath.workflows.model.CanonicalJson;
import io.towpath.workflows.model.Glob;
import io.towpath.workflows.request.Fields;
import io.towpath.workflows.samplesheet.ChainRules;
import io.towpath.workflows.samplesheet.PrepareRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Reads what ties runs to each other: {@code needs}, {@code inputs}, {@code startFrom}, {@code
 * only}.
 */
final class ChainFields {
  private static final Pattern ROWS = Pattern.compile("(=|>=|<=)(\\d{1,9}|\\$\\{[^}]*})");
  private static final Pattern PARAM = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,99}");
  private static final List<String> FORMS = List.of("csv", "tsv", "json", "yaml");

  private ChainFields() {}

  /** The sheets of a run that earlier runs make, by parameter. */
  static Map<String, ChainRules> readInputs(Fields run) {
    Map<String, ChainRules> inputs =
        run.objectsByName(
            "inputs",
            "by parameter: a table or listing of an earlier run becomes the sheet that it names",
            ChainFields::readInput);
    for (String param : inputs.keySet()) {
      if (!PARAM.matcher(param).matches()) {
        run.problem("inputs." + param, "\"" + param + "\" is no parameter name");
      } else if (run.raw("params") instanceof Map<?, ?> params && params.containsKey(param)) {
        run.problem("inputs." + param, "params sets \"" + param + "\" too; leave it out there");
      }
    }
    return inputs;
  }

  private static ChainRules readInput(Fields fields) {
    String from =
        fields.text(
            "from",
            "a table, ${runs.NAME.outdir}/path/table.csv, or a glob with captures,"
                + " ${runs.NAME.outdir}/bam/{sample}.bam");
    if (!Placeholders.runsIn(from).isEmpty() || from.isEmpty()) {
      checkGlob(fields, from);
    } else {
      fields.problem(
          "from", "\"" + from + "\" names no earlier run; begin with ${runs.NAME.outdir}/");
    }
    List<String> header =
        fields.texts("header", List.of(), "column names of a table that has no header line");
    List<String> select =
        "*".equals(fields.raw("select"))
            ? List.of()
            : fields.texts("select", List.of(), "columns to keep, in this order; default: all");
    String rows =
        fields
            .optionalObject(
                "expect",
                "what the sheet must have",
                expect -> expect.text("rows", "", "=N, >=N or <=N; N may be ${runs.NAME.samples}"))
            .orElse("");
    if (!rows.isEmpty() && !ROWS.matcher(rows).matches()) {
      fields.problem("expect.rows", "\"" + rows + "\" is not =N, >=N or <=N");
    }
    return new ChainRules(
        fields.path(),
        from,
        header,
        new PrepareRules(
            PrepareRequest.texts(fields, "map", "column: JSONata expression over the row"),
            PrepareRequest.texts(fields, "rename", "old column name: new name"),
            select,
            PrepareRequest.readGroup(fields),
            fields.choice("write", FORMS, "form of the sheet"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        rows);
  }

  /** What comes after the output directory may be a glob. */
  private static void checkGlob(Fields fields, String from) {
    int end = from.lastIndexOf("outdir}");
    String path = end < 0 ? from : from.substring(end + "outdir}".length());
    if (end < 0 || from.indexOf("${", end) > 0 || !path.startsWith("/")) {
      fields.problem("from", "\"" + from + "\" is not ${runs.NAME.outdir}/path");
      return;
    }
    try {
      Glob.capturing(path.substring(1));
    } catch (IllegalArgumentException e) {
      fields.problem("from", String.valueOf(e.getMessage()));
    }
  }

  /** Notes every name that is no earlier run's. */
  static void check(Fields fields, List<RoundTripRequest.Run> runs) {
    TreeSet<String> all = new TreeSet<>();
    runs.forEach(run -> all.add(run.name()));
    List<String> earlier = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      RoundTripRequest.Run run = runs.get(i);
      String place = "runs[" + i + "].";
      run.needs().forEach(name -> checkName(fields, place + "needs", name, run, earlier, all));
      for (String name : Placeholders.runsIn(CanonicalJson.write(run.params()))) {
        checkName(fields, place + "params", name, run, earlier, all);
      }
      run.inputs()
          .forEach(
              (param, rules) -> {
                for (String text : List.of(rules.from(), rules.rows())) {
                  for (String name : Placeholders.runsIn(text)) {
                    checkName(fields, place + "inputs." + param, name, run, earlier, all);
                  }
                }
              });
      earlier.add(run.name());
    }
  }

  private static void checkName(
      Fields fields,
      String place,
      String name,
      RoundTripRequest.Run run,
      List<String> earlier,
      Set<String> all) {
    if (earlier.contains(name)) {
      return;
    }
    String why =
        name.equals(run.name())
            ? "is this run itself"
            : all.contains(name)
                ? "comes later, and would have to wait for itself; put it before this run"
                : "is no run of this request; earlier ones are " + earlier;
    fields.problem(place, "\"" + name + "\" " + why);
  }

  /** Which runs are done now; those left out are adopted from an earlier generation. */
  static RoundTripRequest.Part readPart(Fields fields, List<RoundTripRequest.Run> runs) {
    List<String> names = runs.stream().map(RoundTripRequest.Run::name).toList();
    Optional<String> startFrom =
        fields.optionalText(
            "startFrom", "first run to do; earlier ones are taken from an earlier generation");
    List<String> only =
        fields.texts("only", List.of(), "runs to do; others are taken from an earlier generation");
    List<String> asked = new ArrayList<>(only);
    startFrom.ifPresent(asked::add);
    for (String name : asked) {
      if (!names.contains(name)) {
        fields.problem(
            only.contains(name) ? "only" : "startFrom",
            "\"" + name + "\" is no run of this request; there are " + names);
      }
    }
    if (startFrom.isPresent() && !only.isEmpty()) {
      fields.problem("startFrom", "and only cannot both be set; name the runs under only");
    }
    return new RoundTripRequest.Part(startFrom, only);
  }
}
