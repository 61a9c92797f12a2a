package io.towpath.sandbox.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a member may do in a project. */
enum Permission {
  READ,
  COPY,
  WRITE,
  EXECUTE,
  ADMIN;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static ObjectNode json(Set<Permission> held) {
    ObjectNode json = Fields.object();
    for (Permission permission : values()) {
      json.put(permission.word(), held.contains(permission));
    }
    return json;
  }

  /** Members can always read; what is not named stays as it was. */
  static Set<Permission> read(JsonNode given, Set<Permission> before) {
    Set<Permission> held = EnumSet.of(READ);
    held.addAll(before);
    List<String> words = Arrays.stream(values()).map(Permission::word).toList();
    given
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!words.contains(name) || !given.path(name).isBoolean()) {
                throw Refusal.PERMISSIONS_INCOMPLETE.thrown();
              }
            });
    for (Permission permission : values()) {
      if (given.path(permission.word()).isBoolean() && permission != READ) {
        if (given.path(permission.word()).booleanValue()) {
          held.add(permission);
        } else {
          held.remove(permission);
        }
      }
    }
    return held;
  }
}
