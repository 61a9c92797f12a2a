package io.towpath.activities.sevenbridges;

/** The copy of an app: its name is refused where it is taken. */
class AppCopyExactlyOnceIT extends SevenBridgesExactlyOnce {
  private String app = "";

  AppCopyExactlyOnceIT() {
    super(PrepareIT.COPY_APP);
  }

  @Override
  void prepare() {
    String published = sandbox().seed.publicProject("publisher-" + name());
    app = sandbox().seed.app(published, name(), Apps.withInputs("[]"));
  }

  @Override
  protected String submit() {
    return new AppCopy(writer()).ensure(scene().project, sandbox().client().app(app).orElseThrow());
  }
}
