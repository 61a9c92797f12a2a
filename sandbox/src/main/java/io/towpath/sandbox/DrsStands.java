package io.towpath.sandbox;

import io.towpath.sandbox.drs.Drs;
import io.towpath.sandbox.drs.DrsSettings;
import io.towpath.sandbox.drs.FileSource;
import io.towpath.sandbox.drs.Profile;
import io.towpath.sandbox.http.Platform;
import io.towpath.sandbox.indexd.IndexdPlatform;
import io.towpath.sandbox.indexd.IndexdSettings;
import io.towpath.sandbox.sevenbridges.SevenBridgesFiles;
import io.towpath.sandbox.sevenbridges.SevenBridgesFiles.StoredFile;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The DRS servers and indexd, each on a port of its own. */
final class DrsStands {
  private static final String PREFIX = "dg.4DFC/";
  private static final String USER = "towpath";

  final Drs drs;
  final IndexdPlatform indexd;
  private final Map<String, String> env = new LinkedHashMap<>();

  /**
   * Serves them.
   *
   * @param serve serves a platform on a port and answers its URL
   */
  DrsStands(
      DrsSettings settings,
      SevenBridgesFiles files,
      String password,
      Function<Platform, URI> serve) {
    this.drs = new Drs(settings, id -> files.find(id).map(DrsStands::file));
    this.indexd =
        new IndexdPlatform(
            new IndexdSettings(USER, password, PREFIX, settings.links(), settings.clock()));
    env.put("DRS_ENDPOINT", serve.apply(drs.server(Profile.V1_2)).toString());
    env.put("DRS_ENDPOINT_1_5", serve.apply(drs.server(Profile.V1_5)).toString());
    env.put("INDEXD_ENDPOINT", serve.apply(indexd).toString());
    env.put("INDEXD_AUTH", USER + ":" + password);
  }

  /** What a client needs to know of them; interface.md section 3. */
  Map<String, String> env() {
    return Collections.unmodifiableMap(env);
  }

  private static FileSource.PlatformFile file(StoredFile file) {
    return new FileSource.PlatformFile(
        file.id(),
        file.name(),
        file.size(),
        Map.of("etag", file.etag()),
        file.contentType(),
        file.created(),
        file.modified(),
        file.bucket(),
        file.key());
  }
}
