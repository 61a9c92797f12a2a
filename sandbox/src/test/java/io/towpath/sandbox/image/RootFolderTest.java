package io.towpath.sandbox.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
final class RootFolderTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final byte[] TEXT = "text".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;

  @Test
  void what_is_packed_is_unpacked_also_with_a_very_long_name() throws IOException {
    String name = "deep/".repeat(60) + "file.txt";
    RootFolder first = root("first", TarEntry.file(name, 0640, TEXT.length, NOW), TEXT);
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    first.pack("/deep", archive);

    RootFolder second = RootFolder.unpack(folder.resolve("second"), List.of(archive.toByteArray()));

    assertThat(second.place(name)).hasBinaryContent(TEXT);
    assertThat(second.stat(name).orElseThrow())
        .isEqualTo(new PathStat("file.txt", TarEntry.FILE, 0640, 4, modified(second, name), ""));
  }

  private static Instant modified(RootFolder root, String name) throws IOException {
    return Files.getLastModifiedTime(root.place(name)).toInstant();
  }

  @Test
  void nothing_is_unpacked_outside() throws IOException {
    RootFolder root = root("root", TarEntry.file("../../up.txt", 0644, TEXT.length, NOW), TEXT);
    assertThat(root.place("/up.txt")).exists();

    root.extract(archive(TarEntry.link("out", folder.toString(), NOW), new byte[0]), "/");
    assertThatIOException()
        .isThrownBy(() -> root.extract(archive(TarEntry.file("out/x", 0644, 4, NOW), TEXT), "/"))
        .withMessage("out/x leads out of the container");
  }

  @Test
  void only_whole_values_that_are_paths_of_the_root_are_mapped() throws IOException {
    RootFolder root = root("root", TarEntry.file("etc/tool.conf", 0644, TEXT.length, NOW), TEXT);

    assertThat(root.mapped("/etc/tool.conf")).isEqualTo(root.place("/etc/tool.conf").toString());
    assertThat(root.mapped("/etc/passwd")).isEqualTo("/etc/passwd");
    assertThat(root.mapped("--conf=/etc/tool.conf")).isEqualTo("--conf=/etc/tool.conf");
    assertThat(root.mapped("etc/tool.conf")).isEqualTo("etc/tool.conf");
  }

  private RootFolder root(String name, TarEntry entry, byte[] content) throws IOException {
    RootFolder root = RootFolder.unpack(folder.resolve(name), List.of());
    root.extract(archive(entry, content), "/");
    return root;
  }

  private static ByteArrayInputStream archive(TarEntry entry, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    TarWriter tar = new TarWriter(bytes);
    tar.add(entry, content);
    tar.end();
    return new ByteArrayInputStream(bytes.toByteArray());
  }
}
