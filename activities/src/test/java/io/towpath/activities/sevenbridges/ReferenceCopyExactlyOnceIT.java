package io.towpath.activities.sevenbridges;

import java.nio.charset.StandardCharsets;

/** The copy of a file: a second one would be made, under another name. */
class ReferenceCopyExactlyOnceIT extends SevenBridgesExactlyOnce {
  private String original = "";

  ReferenceCopyExactlyOnceIT() {
    super(PrepareIT.COPY_FILE);
  }

  @Override
  void prepare() {
    String published = sandbox().seed.publicProject("publisher-" + name());
    original = sandbox().seed.file(published, name(), "ACGT".getBytes(StandardCharsets.UTF_8));
  }

  @Override
  protected String submit() {
    return writer()
        .submit()
        .submit(new CopyEffect(writer(), original, name(), scene().root, "ACGT".length()));
  }
}
