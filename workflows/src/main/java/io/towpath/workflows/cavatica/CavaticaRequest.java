package io.towpath.workflows.cavatica;

import io.towpath.workflows.etl.Control;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SynapseId;
import io.towpath.workflows.request.Fields;
import io.towpath.workflows.samples.SampleRules;
import io.towpath.workflows.sevenbridges.TargetSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a submitter asks for, as written: nothing is resolved yet. Its JSON form is that of etl-spec
 * b3; {@code towpath describe cavatica-drs} prints it.
 */
public record CavaticaRequest(
    Control control,
    Sheet sheet,
    Project project,
    Imports imports,
    App app,
    TaskRequest tasks,
    CollateRequest collate,
    Optional<DrsRequest> drs) {

  private static final Pattern OWNED = Pattern.compile("[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+");
  private static final Pattern APP =
      Pattern.compile("[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+");

  /** By default the whole key, so that no two objects go to one place. */
  private static final String KEY_OF_FILE = "$substringAfter($substringAfter($uri, '://'), '/')";

  /** The sheet; without a version the newest one is pinned when the run starts. */
  public record Sheet(String uri, String format, String rowIs) {}

  /** The project, {@code owner/name}, and whether it may be made. */
  public record Project(String id, boolean create, Optional<String> billingGroup) {}

  /** Which objects become files of the project, and how. */
  public record Imports(
      String volume, String s3Uri, String path, String onExists, Map<String, String> metadata) {}

  /** The app, {@code owner/project/name}, and at which revision. */
  public record App(
      String id, Optional<Integer> revision, boolean copyToProject, boolean copySuggestedFiles) {
    /** Its name, without project. */
    String name() {
      return id.substring(id.lastIndexOf('/') + 1);
    }
  }

  /** Reads a request; used with {@link io.towpath.workflows.request.Reading}. */
  public static CavaticaRequest read(Fields fields) {
    Control control = Control.read(fields);
    Sheet sheet = fields.object("sheet", "the sample sheet", CavaticaRequest::readSheet);
    Project project =
        new Project(
            owned(fields, "project", "the project that files and tasks go to, owner/name"),
            fields.flag("createProject", false, "make the project when it is not there"),
            fields.optionalText(
                "billingGroup", "name or id of the billing group of a new project"));
    Imports imports =
        fields.object("import", "how files come into the project", CavaticaRequest::readImports);
    App app = fields.object("app", "the app that is run", CavaticaRequest::readApp);
    CavaticaRequest request =
        new CavaticaRequest(
            control,
            sheet,
            project,
            imports,
            app,
            fields.object("tasks", "one task per sample", inner -> TaskRequest.read(inner, app)),
            fields.object("collate", "where outputs are listed and kept", CollateRequest::read),
            fields.optionalObject(
                "drs", "how outputs get DRS ids; default: none", DrsRequest::read));
    request.check(fields);
    return request;
  }

  private void check(Fields fields) {
    if (project.create() && project.billingGroup().isEmpty()) {
      fields.problem("billingGroup", "missing; a project that is made needs one");
    }
    if (drs.filter(mint -> mint.rules(control.connection()).needsObjects()).isPresent()
        && collate.export().isEmpty()) {
      fields.problem(
          "drs.minter",
          "\""
              + drs.orElseThrow().minter()
              + "\" gives ids to objects in a bucket, and without collate.export the outputs stay"
              + " in the platform's own storage; name a volume there, or use cavatica-implicit");
    }
  }

  private static Sheet readSheet(Fields fields) {
    String uri =
        fields.value(
            "uri",
            CavaticaRequest::sheetUri,
            "syn://syn1",
            "syn://syn123, syn://syn123.4 or s3://bucket/key");
    return new Sheet(
        uri,
        fields.choice("format", List.of("auto", "csv", "tsv"), "form of the sheet"),
        fields.choice(
            "rowIs", List.of("file", "task"), "what a row is: one file of a sample, or one task"));
  }

  private static String sheetUri(String text) {
    if (text.startsWith("syn://")) {
      new SynapseId(text.substring("syn://".length()));
    } else if (text.startsWith("s3://")) {
      if (new S3Uri(text).key().isEmpty()) {
        throw new IllegalArgumentException("\"" + text + "\" names a bucket, not an object");
      }
    } else {
      throw new IllegalArgumentException(
          "\"" + text + "\" is neither syn://syn123.4 nor s3://bucket/key");
    }
    return text;
  }

  private static Imports readImports(Fields fields) {
    return new Imports(
        owned(fields, "volume", "the volume on the files' bucket, owner/name; read-only will do"),
        fields.text("s3Uri", "s3_uri", "expression over a row: the address of its file"),
        fields.text(
            "path",
            KEY_OF_FILE,
            "expression over a row and $uri: path in the project; default: the object's key"),
        fields.choice(
            "onExists",
            List.of("verify", "replace", "fail"),
            "another file of that name: refuse it, overwrite it, or refuse any"),
        TaskRequest.expressions(fields, "metadata", "expression by metadata key, over a row"));
  }

  private static App readApp(Fields fields) {
    return new App(
        fields.value(
            "id", CavaticaRequest::app, "owner/project/app", "the app, owner/project/name"),
        fields
            .optionalNumber("revision", 0, "its revision; default: the newest when the run starts")
            .map(Long::intValue),
        fields.flag("copyToProject", true, "copy it into the project at that revision"),
        fields
            .choice(
                "suggestedFiles",
                List.of("copy", "none"),
                "reference files that the app suggests: copy them in for inputs that are not set")
            .equals("copy"));
  }

  private static String app(String text) {
    if (!APP.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is not owner/project/name; the revision goes into app.revision");
    }
    return text;
  }

  static String owned(Fields fields, String name, String meaning) {
    return fields.value(name, CavaticaRequest::ownedId, "owner/name", meaning);
  }

  static String ownedId(String text) {
    if (!OWNED.matcher(text).matches()) {
      throw new IllegalArgumentException("\"" + text + "\" is not owner/name");
    }
    return text;
  }

  /** Where the request wants to work, as the platform is asked. */
  TargetSpec target() {
    return new TargetSpec(
        control.connection(),
        project.id(),
        project.create(),
        project.billingGroup(),
        app.id(),
        app.revision(),
        app.copyToProject(),
        app.copySuggestedFiles(),
        imports.volume(),
        collate.export().map(CollateRequest.Export::volume));
  }

  /** How the sheet becomes files and tasks. */
  SampleRules rules() {
    return new SampleRules(
        sheet.format(),
        sheet.rowIs(),
        tasks.groupBy(),
        imports.s3Uri(),
        imports.path(),
        imports.metadata(),
        tasks.name(),
        tasks.inputs(),
        tasks.validateAgainstApp());
  }
}
