import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes the data files of a release from pinned tables in Synapse, and the manifest of them. */
final class ReleaseStep {
  static final String USAGE =
      """
      Usage: release-step process CONFIG --dataset NAME[,NAME]
             release-step release CONFIG
      process  reads the dataset's tables at their pinned versions and stores NAME.json and
               NAME_report.json in the destination; no new version when nothing has changed
      release  stores data_manifest.csv (id,version) of the files in the destination
      CONFIG is a file, an http(s) URL or a Synapse id. SYNAPSE_ENDPOINT names Synapse;
      SYNAPSE_AUTH_TOKEN_FILE is a file with the token, or SYNAPSE_AUTH_TOKEN the token itself.
      """;
  static final String MANIFEST = "data_manifest.csv";

  final Synapse synapse;
  final Map<?, ?> config;
  final String destination;

  ReleaseStep(Synapse synapse, String config) throws Exception {
    this.synapse = synapse;
    this.config = (Map<?, ?>) Yaml.parse(read(synapse, config));
    this.destination = String.valueOf(this.config.get("destination"));
  }

  public static void main(String[] args) throws Exception {
    boolean process = args.length == 4 && args[0].equals("process") && args[2].equals("--dataset");
    boolean release = args.length == 2 && args[0].equals("release");
    if (!process && !release) {
      System.err.print(USAGE);
      System.exit(Arrays.asList(args).contains("--help") ? 0 : 2);
    }
    try {
      ReleaseStep step = new ReleaseStep(Synapse.fromEnvironment(), args[1]);
      if (release) {
        step.release();
      } else {
        for (String name : args[3].split(",")) {
          step.process(name);
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      System.err.println("release-step: " + e.getMessage());
      System.exit(1);
    }
  }

  static String read(Synapse synapse, String config) throws Exception {
    if (config.matches("syn\\d+(\\.\\d+)?")) {
      return synapse.download(config);
    }
    return config.matches("https?://.*")
        ? synapse.fetch(config)
        : Files.readString(Path.of(config));
  }

  Map<String, Map<?, ?>> datasets() {
    Map<String, Map<?, ?>> datasets = new LinkedHashMap<>();
    for (Object one : (List<?>) config.get("datasets")) {
      ((Map<?, ?>) one).forEach((name, about) -> datasets.put((String) name, (Map<?, ?>) about));
    }
    return datasets;
  }

  void process(String name) throws Exception {
    Map<?, ?> dataset = datasets().get(name);
    if (dataset == null) {
      throw new IllegalArgumentException(name + " is none of the datasets " + datasets().keySet());
    }
    Map<String, Object> tables = new LinkedHashMap<>();
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("dataset", name);
    for (Object one : (List<?>) dataset.get("files")) {
      Map<?, ?> file = (Map<?, ?>) one;
      String id = (String) file.get("id");
      List<Object> rows = Table.parse(synapse.download(id), (String) file.get("format"));
      tables.put((String) file.get("name"), rows);
      report.put((String) file.get("name"), new TreeMap<>(Map.of("id", id, "rows", rows.size())));
      System.out.println(name + ": " + rows.size() + " rows from " + id);
    }
    Object data = tables.size() == 1 ? tables.values().iterator().next() : tables;
    String json = Json.write(data) + "\n";
    report.put("md5", Synapse.md5(json.getBytes(StandardCharsets.UTF_8)));
    store(name + ".json", "application/json", json);
    store(name + "_report.json", "application/json", Json.write(report) + "\n");
  }

  void release() throws Exception {
    Map<String, String> versions = new TreeMap<>();
    List<String> names = new ArrayList<>();
    for (Map<?, ?> file : synapse.files(destination)) {
      if (!MANIFEST.equals(file.get("name"))) {
        names.add((String) file.get("name"));
        versions.put((String) file.get("id"), String.valueOf(file.get("versionNumber")));
      }
    }
    for (String dataset : datasets().keySet()) {
      if (!names.contains(dataset + ".json")) {
        throw new IOException(dataset + ".json is not in " + destination + ": process it first");
      }
    }
    StringBuilder csv = new StringBuilder("id,version\n");
    versions.forEach((id, version) -> csv.append(id).append(',').append(version).append('\n'));
    store(MANIFEST, "text/csv", csv.toString());
  }

  void store(String name, String type, String text) throws Exception {
    System.out.println(
        synapse.store(destination, name, type, text.getBytes(StandardCharsets.UTF_8)));
  }
}

/** The few calls of the Synapse REST API that the step needs. */
final class Synapse {
  static final int LEAST_PART = 5 << 20;
  static final int TRIES = 8;

  final HttpClient http =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
  final String endpoint;
  final String token;

  Synapse(String endpoint, String token) {
    this.endpoint = endpoint;
    this.token = token;
  }

  static Synapse fromEnvironment() throws IOException {
    String file = System.getenv("SYNAPSE_AUTH_TOKEN_FILE");
    String token =
        file == null ? System.getenv("SYNAPSE_AUTH_TOKEN") : Files.readString(Path.of(file));
    if (token == null || token.isBlank()) {
      throw new IOException("neither SYNAPSE_AUTH_TOKEN_FILE nor SYNAPSE_AUTH_TOKEN gives a token");
    }
    String endpoint = System.getenv("SYNAPSE_ENDPOINT");
    return new Synapse(
        endpoint == null ? "https://repo-prod.prod.sagebase.org" : endpoint, token.strip());
  }

  /** The text of a file; syn123.4 is version 4. */
  String download(String id) throws Exception {
    String[] parts = id.split("\\.");
    String version = parts.length > 1 ? "/version/" + parts[1] : "";
    return fetch(text("GET", "/repo/v1/entity/" + parts[0] + version + "/file?redirect=false", ""));
  }

  String fetch(String url) throws Exception {
    HttpResponse<String> reply =
        http.send(
            HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    if (reply.statusCode() != 200) {
      throw new IOException("a download answered " + reply.statusCode());
    }
    return reply.body();
  }

  List<Map<?, ?>> files(String parent) throws Exception {
    List<Map<?, ?>> files = new ArrayList<>();
    Object next = null;
    do {
      Map<String, Object> query = new LinkedHashMap<>();
      query.put("parentId", parent);
      query.put("includeTypes", List.of("file"));
      query.put("nextPageToken", next);
      Map<?, ?> page = call("POST", "/repo/v1/entity/children", query);
      ((List<?>) page.get("page")).forEach(file -> files.add((Map<?, ?>) file));
      next = page.get("nextPageToken");
    } while (next != null);
    return files;
  }

  /** Stores a file, unless one of this name and content is there; says what it did. */
  String store(String parent, String name, String type, byte[] content) throws Exception {
    for (Map<?, ?> file : files(parent)) {
      if (name.equals(file.get("name"))) {
        return update((String) file.get("id"), name, type, content);
      }
    }
    Map<String, Object> entity = new LinkedHashMap<>();
    entity.put("concreteType", "org.sagebionetworks.repo.model.FileEntity");
    entity.put("name", name);
    entity.put("parentId", parent);
    entity.put("dataFileHandleId", upload(name, type, content));
    return told(call("POST", "/repo/v1/entity", entity), "new");
  }

  String update(String id, String name, String type, byte[] content) throws Exception {
    Map<String, Object> entity = new LinkedHashMap<>();
    call("GET", "/repo/v1/entity/" + id, null)
        .forEach((key, value) -> entity.put((String) key, value));
    for (Object handle :
        (List<?>) call("GET", "/repo/v1/entity/" + id + "/filehandles", null).get("list")) {
      if (md5(content).equals(((Map<?, ?>) handle).get("contentMd5"))) {
        return told(entity, "unchanged");
      }
    }
    entity.put("dataFileHandleId", upload(name, type, content));
    return told(call("PUT", "/repo/v1/entity/" + id, entity), "changed");
  }

  static String told(Map<?, ?> entity, String what) {
    return entity.get("name")
        + " is "
        + entity.get("id")
        + "."
        + entity.get("versionNumber")
        + ", "
        + what;
  }

  Object upload(String name, String type, byte[] content) throws Exception {
    Map<String, Object> start = new LinkedHashMap<>();
    start.put("concreteType", "org.sagebionetworks.repo.model.file.MultipartUploadRequest");
    start.put("fileName", name);
    start.put("contentType", type);
    start.put("contentMD5Hex", md5(content));
    start.put("fileSizeBytes", content.length);
    start.put("partSizeBytes", Math.max(LEAST_PART, content.length));
    Map<?, ?> upload = call("POST", "/file/v1/file/multipart", start);
    if (upload.get("resultFileHandleId") != null) {
      return upload.get("resultFileHandleId");
    }
    String path = "/file/v1/file/multipart/" + upload.get("uploadId");
    Map<?, ?> asked = Map.of("uploadId", upload.get("uploadId"), "partNumbers", List.of(1));
    Map<?, ?> urls = call("POST", path + "/presigned/url/batch", asked);
    Map<?, ?> part = (Map<?, ?>) ((List<?>) urls.get("partPresignedUrls")).get(0);
    URI target = URI.create((String) part.get("uploadPresignedUrl"));
    HttpRequest put =
        HttpRequest.newBuilder(target).PUT(BodyPublishers.ofByteArray(content)).build();
    int status = http.send(put, HttpResponse.BodyHandlers.discarding()).statusCode();
    if (status != 200) {
      throw new IOException("an upload answered " + status);
    }
    call("PUT", path + "/add/1?partMD5Hex=" + md5(content), null);
    return call("PUT", path + "/complete", null).get("resultFileHandleId");
  }

  Map<?, ?> call(String method, String path, Object body) throws Exception {
    return (Map<?, ?>) Json.parse(text(method, path, body == null ? "" : Json.write(body)));
  }

  /** Asks again when Synapse is busy. */
  String text(String method, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(endpoint + path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    for (int tried = 1; ; tried++) {
      HttpResponse<String> reply = http.send(request, HttpResponse.BodyHandlers.ofString());
      int status = reply.statusCode();
      if (status / 100 == 2) {
        return reply.body();
      }
      if (tried == TRIES || status != 429 && status != 503) {
        throw new IOException(method + " " + path + " answered " + status + " " + reply.body());
      }
      Thread.sleep(250L << tried);
    }
  }

  static String md5(byte[] content) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
  }
}

/** Tables with a header, separated by commas or tabs; cells may be quoted. */
final class Table {
  static List<Object> parse(String text, String format) {
    char separator = "tsv".equals(format) ? '\t' : ',';
    List<Object> rows = new ArrayList<>();
    List<String> header = null;
    for (String line : text.lines().toList()) {
      List<String> cells = cells(line, separator);
      if (header == null) {
        header = cells;
      } else if (!line.isBlank()) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < header.size(); i++) {
          row.put(header.get(i), value(i < cells.size() ? cells.get(i) : ""));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  /** Cuts at separators that an even number of quotes follows. */
  static List<String> cells(String line, char separator) {
    return Arrays.stream(line.split(separator + "(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1))
        .map(cell -> cell.startsWith("\"") ? cell.substring(1, cell.length() - 1) : cell)
        .map(cell -> cell.replace("\"\"", "\""))
        .toList();
  }

  /** Numbers stay as they are written, so that equal tables make equal files. */
  static Object value(String cell) {
    boolean number = cell.matches("-?(0|[1-9]\\d*)(\\.\\d+)?");
    return cell.isEmpty() ? null : number ? new BigDecimal(cell) : cell;
  }
}

/** JSON as maps, lists, texts, numbers, booleans and null. */
final class Json {
  static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:([{}\\[\\]:,])|\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s{}\\[\\]:,\"]+))\\s*");

  private final Matcher tokens;

  private Json(String text) {
    this.tokens = TOKEN.matcher(text);
  }

  static Object parse(String text) {
    Json json = new Json(text);
    json.next();
    return json.value();
  }

  private void next() {
    if (!tokens.find()) {
      throw new IllegalArgumentException("the JSON ends too early");
    }
  }

  private boolean is(String sign) {
    return sign.equals(tokens.group(1));
  }

  private Object value() {
    if (is("{")) {
      Map<String, Object> map = new LinkedHashMap<>();
      for (next(); !is("}"); next()) {
        if (!is(",")) {
          String key = unescaped(tokens.group(2));
          next();
          next();
          map.put(key, value());
        }
      }
      return map;
    }
    if (is("[")) {
      List<Object> list = new ArrayList<>();
      for (next(); !is("]"); next()) {
        if (!is(",")) {
          list.add(value());
        }
      }
      return list;
    }
    return tokens.group(2) != null ? unescaped(tokens.group(2)) : Yaml.scalar(tokens.group(3));
  }

  private static String unescaped(String text) {
    return text.indexOf('\\') < 0
        ? text
        : Pattern.compile("\\\\(u....|.)")
            .matcher(text)
            .replaceAll(found -> Matcher.quoteReplacement(character(found.group(1))));
  }

  private static String character(String escape) {
    if (escape.length() > 1) {
      return String.valueOf((char) Integer.parseInt(escape.substring(1), 16));
    }
    int at = "nrtbf".indexOf(escape);
    return at < 0 ? escape : String.valueOf("\n\r\t\b\f".charAt(at));
  }

  static String write(Object value) {
    if (value instanceof Map<?, ?> map) {
      List<String> fields = new ArrayList<>();
      map.forEach((name, one) -> fields.add(write(String.valueOf(name)) + ":" + write(one)));
      return "{" + String.join(",", fields) + "}";
    }
    if (value instanceof List<?> list) {
      return "[" + String.join(",", list.stream().map(Json::write).toList()) + "]";
    }
    if (value instanceof String text) {
      String escaped = text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
      return '"' + escaped.replace("\r", "\\r").replace("\t", "\\t") + '"';
    }
    return String.valueOf(value);
  }
}

/** As much of YAML as configurations of releases use: blocks of maps and lists, anchors, texts. */
final class Yaml {
  static final Pattern ENTRY = Pattern.compile("([\\w.-]+):(?: +(.*))?");
  static final Pattern ANCHOR = Pattern.compile("&(\\S+) *(.*)");

  record Line(int indent, String text) {}

  private final List<Line> lines = new ArrayList<>();
  private final Map<String, Object> anchors = new LinkedHashMap<>();
  private int at;

  static Object parse(String text) {
    Yaml yaml = new Yaml();
    for (String line : text.lines().toList()) {
      String plain = line.replaceFirst("(^|\\s+)#.*$", "").stripTrailing();
      if (!plain.isEmpty() && !plain.equals("---")) {
        yaml.lines.add(new Line(plain.length() - plain.stripLeading().length(), plain.strip()));
      }
    }
    return yaml.block(0);
  }

  private boolean goesOn(int indent, boolean item) {
    return at < lines.size()
        && lines.get(at).indent() == indent
        && lines.get(at).text().startsWith("- ") == item;
  }

  private Object block(int indent) {
    if (goesOn(indent, true)) {
      List<Object> list = new ArrayList<>();
      while (goesOn(indent, true)) {
        String item = lines.get(at).text().substring(1);
        int inner = indent + 1 + item.length() - item.stripLeading().length();
        lines.set(at, new Line(inner, item.strip()));
        list.add(block(inner));
      }
      return list;
    }
    Map<String, Object> map = new LinkedHashMap<>();
    while (goesOn(indent, false)) {
      Matcher entry = ENTRY.matcher(lines.get(at).text());
      if (!entry.matches()) {
        return scalar(lines.get(at++).text());
      }
      at++;
      map.put(entry.group(1), named(entry.group(2) == null ? "" : entry.group(2), indent));
    }
    return map;
  }

  private Object named(String text, int indent) {
    Matcher anchor = ANCHOR.matcher(text);
    if (anchor.matches()) {
      Object value = named(anchor.group(2), indent);
      anchors.put(anchor.group(1), value);
      return value;
    }
    if (text.startsWith("*")) {
      return anchors.get(text.substring(1));
    }
    if (text.isEmpty() && at < lines.size()) {
      int next = lines.get(at).indent();
      return next > indent || goesOn(indent, true) ? block(next) : null;
    }
    return text.startsWith("[") || text.startsWith("{") ? Json.parse(text) : scalar(text);
  }

  static Object scalar(String text) {
    if (text.matches("\".*\"|'.*'")) {
      return text.substring(1, text.length() - 1);
    }
    if (text.matches("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?")) {
      return new BigDecimal(text);
    }
    return switch (text) {
      case "", "null", "~" -> null;
      case "true" -> true;
      case "false" -> false;
      default -> text;
    };
  }
}
