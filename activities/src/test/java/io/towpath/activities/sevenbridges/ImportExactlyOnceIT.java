package io.towpath.activities.sevenbridges;

import io.towpath.workflows.sevenbridges.SevenBridgesActivities.ImportPage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An import: its job is looked for before it is sent again. */
class ImportExactlyOnceIT extends SevenBridgesExactlyOnce {
  private @Nullable ImportPage page;

  ImportExactlyOnceIT() {
    super(ImportScene.BULK);
  }

  @Override
  void prepare() {
    String file = name() + ".fq";
    sandbox().put("reads/run1/" + file, "reads");
    page = scene().page(List.of(ImportScene.file("", file, "s1")), "verify");
  }

  @Override
  protected String submit() {
    ImportPage wanted = java.util.Objects.requireNonNull(page);
    new ImportSubmission(writer(), sandbox().documents, wanted).run();
    return scene().jobs(wanted).get(0).importId().orElseThrow();
  }
}
