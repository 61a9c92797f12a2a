package io.towpath.sandbox.container;

import io.towpath.sandbox.image.ImageName;
import io.towpath.sandbox.image.Puller;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The images that the engine has. */
final class Images {
  private static final Pattern ID = Pattern.compile("(?:sha256:)?([a-f0-9]{4,64})");

  private final Puller puller;
  private final Map<String, Image> byId = new LinkedHashMap<>();

  Images(Puller puller) {
    this.puller = puller;
  }

  synchronized List<Image> all() {
    return List.copyOf(byId.values());
  }

  /** The image that a name, a name with digest, an id or the beginning of an id means. */
  synchronized Optional<Image> find(String name) {
    Optional<Image> named = ImageName.parse(name).flatMap(this::find);
    if (named.isPresent() || !ID.matcher(name).matches()) {
      return named;
    }
    String hex = name.replace("sha256:", "");
    return byId.values().stream().filter(image -> image.id.startsWith("sha256:" + hex)).findFirst();
  }

  private Optional<Image> find(ImageName name) {
    return byId.values().stream()
        .filter(image -> image.tags.contains(name.full()) || image.digests.contains(name.full()))
        .findFirst();
  }

  /**
   * Brings an image from the registry.
   *
   * @param login {@code user:password}, or that of anybody
   * @return the digest of what the name names
   */
  String pull(ImageName name, String architecture, String login) throws Puller.NotPulled {
    Puller.Pulled pulled = puller.pull(name, architecture, login);
    synchronized (this) {
      Image image =
          byId.computeIfAbsent(pulled.id(), id -> new Image(id, pulled.config(), pulled.layers()));
      if (name.digest().isEmpty()) {
        byId.values().forEach(other -> other.tags.remove(name.full()));
        image.tags.add(name.full());
      }
      image.digests.add(name.repository() + "@" + pulled.digest());
    }
    return pulled.digest();
  }
}
