package io.towpath.sandbox.sevenbridges;

/** What the one account may see and do; every refusal has the code of its service. */
final class Access {
  private final Realm realm;

  Access(Realm realm) {
    this.realm = realm;
  }

  private String user() {
    return realm.settings.user();
  }

  boolean allows(String projectId, Permission permission) {
    return realm.projects.find(projectId).filter(p -> p.allows(user(), permission)).isPresent();
  }

  /** A project that the account holds the permission in. */
  Project project(String id, Permission permission) {
    return project(id, permission, Refusal.NO_PROJECT, Refusal.PROJECT_FORBIDDEN);
  }

  Project project(String id, Permission permission, Refusal missing, Refusal forbidden) {
    Project project = realm.projects.find(id).orElseThrow(missing::thrown);
    if (!project.allows(user(), permission)) {
      throw forbidden.thrown();
    }
    return project;
  }

  /** A file or folder that the account holds the permission for. */
  FileNode file(String id, Permission permission) {
    return file(id, permission, Refusal.NO_FILE, Refusal.FILE_FORBIDDEN);
  }

  FileNode file(String id, Permission permission, Refusal missing, Refusal forbidden) {
    FileNode file = realm.files.find(id).orElseThrow(missing::thrown);
    if (!allows(file.projectId(), permission)) {
      throw forbidden.thrown();
    }
    return file;
  }

  Volume volume(String id) {
    return volume(id, Refusal.NO_VOLUME);
  }

  Volume volume(String id, Refusal missing) {
    Volume volume = realm.volumes.find(id).orElseThrow(missing::thrown);
    if (!volume.owner().equals(user())) {
      throw Refusal.VOLUME_FORBIDDEN.thrown();
    }
    return volume;
  }

  Task task(String id, Permission permission) {
    if (!id.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
      throw Refusal.MALFORMED_TASK.thrown();
    }
    Task task = realm.tasks.find(id).orElseThrow(Refusal.NO_TASK::thrown);
    if (!allows(task.spec().projectId(), permission)) {
      throw Refusal.TASK_FORBIDDEN.thrown();
    }
    return task;
  }

  App app(String owner, String project, String name) {
    String id = owner + "/" + project + "/" + name;
    App app = realm.apps.find(id).orElseThrow(Refusal.NO_APP::thrown);
    if (!allows(app.projectId(), Permission.READ)) {
      throw Refusal.APP_FORBIDDEN.thrown();
    }
    return app;
  }
}
