package io.towpath.activities.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.activities.fanout.PageRunner;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.store.S3Sandbox;
import io.towpath.sandbox.web.HttpsFiles;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.FileRef;
import io.towpath.workflows.model.SourceId;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What a platform says and signs is not believed until it was tried. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
final class PlatformFilesIT {
  private static final SourceId ID = new SourceId("drs://h.example.org/1");

  private final PageRunner pages = new PageRunner();
  private HttpsFiles stand;
  private S3Sandbox s3;
  private Platform platform = new Platform(file(), new FileUrl("", Map.of()));

  /** Says that its one file has this many bytes, and signs this URL for it. */
  private static final class Platform implements OutsidePlatform {
    private final FileRef file;
    private final FileUrl url;
    private final AtomicInteger looks = new AtomicInteger();

    Platform(FileRef file, FileUrl url) {
      this.file = file;
      this.url = url;
    }

    @Override
    public List<OutsideLook> look(String connection, List<SourceId> ids, Runnable heartbeat) {
      if (!connection.equals("default")) {
        throw new PlatformException(FailureKind.INPUT_REJECTED, "SOME_TOKEN is not set");
      }
      looks.incrementAndGet();
      return ids.stream().map(id -> OutsideLook.of(file)).toList();
    }

    @Override
    public FileUrl url(String connection, SourceId id) {
      if (url.url().isEmpty()) {
        throw new PlatformException(FailureKind.ACCESS_DENIED, "no right to download");
      }
      return url;
    }
  }

  @BeforeAll
  void start() {
    stand = new HttpsFiles();
    s3 = new S3Sandbox();
  }

  @AfterAll
  void stop() {
    pages.close();
    s3.close();
    stand.close();
  }

  @BeforeEach
  void forget() {
    stand.forget();
  }

  @Test
  void the_first_byte_tells_the_version_and_that_it_can_be_fetched_once_for_all_passes() {
    OutsideFiles files = files(7, stand.file("/a", new byte[7]));

    FileRef seen = look(files).file().orElseThrow();

    assertThat(seen.handle()).isEqualTo("\"v1\"");
    assertThat(look(files).file()).contains(seen);
    assertThat(platform.looks).hasValue(1);
    assertThat(stand.asked()).containsExactly("/a");
  }

  @Test
  void a_platform_that_states_another_size_or_gives_no_download_is_a_problem_that_is_not_kept() {
    OutsideFiles files = files(8, stand.file("/a", new byte[7]));

    assertThat(look(files).problem()).contains("has 7 bytes where its platform states 8");
    assertThat(look(files).problem()).isNotEmpty();
    assertThat(platform.looks).hasValue(2);
    assertThat(look(files(7, "")).problem()).contains("no right to download");
    assertThat(look(files(7, stand.url("/none"))).problem()).contains("HTTP 404");
  }

  @Test
  void a_setting_that_is_missing_is_told_of_each_file() {
    OutsideFiles files = files(7, stand.file("/a", new byte[7]));

    assertThat(files.look("other", List.of(ID), () -> {}))
        .singleElement()
        .satisfies(look -> assertThat(look.problem()).contains("SOME_TOKEN is not set"));
  }

  @Test
  void a_url_leads_inside_only_to_servers_that_the_settings_name_and_only_directly() {
    String inside = "https://127.0.0.1:" + stand.port();
    stand.file("/a", new byte[7]);
    stand.redirect("/away", inside + "/a");

    assertThat(look(files(7, inside + "/a")).problem()).contains("127.0.0.1 is no host");
    assertThat(look(files(7, "http://files.example.org/a")).problem()).contains("only https");
    assertThat(look(files(7, "file:///etc/passwd")).problem()).contains("only https");
    assertThat(stand.asked()).isEmpty();

    URI own = URI.create(inside);
    assertThat(look(files(7, inside + "/a", own)).problem()).isEmpty();
    assertThat(look(files(7, stand.url("/away"), own)).problem()).contains("127.0.0.1 is no host");
    assertThat(look(files(7, "https://127.0.0.1:1/a", own)).problem())
        .contains("127.0.0.1 is no host");
    assertThat(stand.asked()).containsExactly("/a", "/away");
  }

  @Test
  void no_cell_leads_to_a_server_that_the_settings_name() {
    String inside = "https://127.0.0.1:" + stand.port();
    stand.file("/a", new byte[7]);
    OutsideFiles files = files(7, inside + "/a", URI.create(inside));

    assertThat(files.look("default", List.of(new SourceId(inside + "/a")), () -> {}))
        .singleElement()
        .satisfies(look -> assertThat(look.problem()).contains("127.0.0.1 is no host"));
    assertThat(stand.asked()).isEmpty();
  }

  @Test
  void a_header_of_an_access_url_goes_to_its_own_host_and_no_further() {
    stand.file("/b", new byte[7]);
    stand.redirect("/moved", stand.url("/b"));
    FileUrl url = new FileUrl(stand.url("/moved"), Map.of("Authorization", "Basic of-the-server"));

    assertThat(look(files(7, url)).problem()).isEmpty();

    assertThat(stand.asked()).containsExactly("/moved", "/b");
    assertThat(stand.credentials()).containsExactly("/moved Basic of-the-server");
    assertThat(url).hasToString("(signed URL)");
  }

  @Test
  void an_object_that_the_worker_may_read_needs_no_url_and_another_one_falls_back_to_it() {
    s3.store().put(S3Sandbox.BUCKET, "a", "text/plain", new byte[7]);
    String url = stand.file("/a", new byte[7]);

    FileRef own = look(files(object("a"), new FileUrl("", Map.of()))).file().orElseThrow();
    FileRef other = look(files(object("none"), new FileUrl(url, Map.of()))).file().orElseThrow();
    OutsideLook neither = look(files(object("none"), new FileUrl("", Map.of())));
    String named = "s3://" + S3Sandbox.BUCKET + "/a";
    FileRef byUrl = look(files(7, named)).file().orElseThrow();

    assertThat(own.bucket()).contains(S3Sandbox.BUCKET);
    assertThat(own.handle()).isEqualTo(ID.value());
    assertThat(other.bucket()).isEmpty();
    assertThat(other.handle()).isEqualTo("\"v1\"");
    assertThat(neither.problem()).contains("no right to download", "/none does not exist");
    assertThat(byUrl.key()).contains("a");
    assertThat(look(files(8, named)).problem()).contains("has 7 bytes where 8 are stated");
  }

  @Test
  void a_file_that_became_another_after_it_was_looked_at_is_told_from_it() throws Exception {
    OutsideFiles files = files(7, stand.file("/a", new byte[7]));
    OutsideBytes bytes = files.bytes("default", look(files).file().orElseThrow());

    try (Response before = bytes.ask(0, 3)) {
      assertThat(bytes.unchanged(before)).isTrue();
    }
    stand.version("\"v2\"");
    try (Response after = bytes.ask(4, 6)) {
      assertThat(bytes.unchanged(after)).isFalse();
    } finally {
      stand.version("\"v1\"");
    }
  }

  @Test
  void a_url_that_leads_inside_at_last_is_refused_with_the_file_that_it_is_of() {
    OutsideFiles files = files(7, "https://10.0.0.1/a");

    assertThatThrownBy(() -> files.bytes("default", file()).ask(0, 6))
        .isInstanceOf(PlatformException.class)
        .hasMessageContaining(ID + " cannot be fetched: 10.0.0.1 is no host");
  }

  private OutsideFiles files(long size, String url, URI... own) {
    return files(file(size), new FileUrl(url, Map.of()), own);
  }

  private OutsideFiles files(long size, FileUrl url) {
    return files(file(size), url);
  }

  private OutsideFiles files(FileRef file, FileUrl url, URI... own) {
    platform = new Platform(file, url);
    return new OutsideFiles(
        new OpenInternet(OutsideClient.of(stand), List.of(own)),
        s3.clients().repeating(),
        pages,
        Map.of("drs", platform));
  }

  private static OutsideLook look(OutsideFiles files) {
    return files.look("default", List.of(ID), () -> {}).get(0);
  }

  private static FileRef file() {
    return file(7);
  }

  private static FileRef file(long size) {
    return new FileRef(ID, "a", "", "", size, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static FileRef object(String key) {
    return new FileRef(
        ID, "a", "", "", 7, Optional.empty(), Optional.of(S3Sandbox.BUCKET), Optional.of(key));
  }
}
