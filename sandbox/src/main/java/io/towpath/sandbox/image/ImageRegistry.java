package io.towpath.sandbox.image;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** What a registry holds: repositories with tags, manifests and blobs. */
public final class ImageRegistry {
  /** A manifest or an index, with its media type. */
  @SuppressWarnings("ArrayRecordComponent") // addressed by its digest
  public record Manifest(String mediaType, String digest, byte[] content) {}

  private static final class Repository {
    private final Map<String, String> tags = new TreeMap<>();
    private final Map<String, Manifest> manifests = new ConcurrentHashMap<>();
    private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
  }

  /** Whoever brings no login. */
  public static final String ANYBODY = "";

  private final Map<String, String> logins = new ConcurrentHashMap<>();
  private final Map<String, Repository> repositories = new ConcurrentHashMap<>();

  /**
   * Publishes an image under a tag, which may have named another one before; answers its digest.
   */
  public String publish(String repository, String tag, OciImage image) {
    Repository to = repositories.computeIfAbsent(repository, name -> new Repository());
    synchronized (to) {
      to.blobs.putAll(image.blobs());
      image
          .manifests()
          .forEach(
              (digest, content) ->
                  to.manifests.put(digest, new Manifest(MediaType.MANIFEST, digest, content)));
      String digest = Digest.of(image.index());
      to.manifests.put(digest, new Manifest(MediaType.INDEX, digest, image.index()));
      to.tags.put(tag, digest);
      return digest;
    }
  }

  /**
   * Lets only one login pull a repository.
   *
   * @param login {@code user:password}
   */
  public void protect(String repository, String login) {
    logins.put(repository, login);
  }

  public boolean mayPull(String repository, String login) {
    return logins.getOrDefault(repository, login).equals(login);
  }

  /** Whether there is such a login at all. */
  public boolean knows(String login) {
    return logins.containsValue(login);
  }

  public boolean has(String repository) {
    return repositories.containsKey(repository);
  }

  /** The manifest that a tag or a digest names. */
  public Optional<Manifest> manifest(String repository, String reference) {
    return find(repository).map(found -> found.manifests.get(digest(found, reference)));
  }

  public Optional<byte[]> blob(String repository, String digest) {
    return find(repository).map(found -> found.blobs.get(digest));
  }

  /** In alphabetical order. */
  public List<String> tags(String repository) {
    return find(repository).map(ImageRegistry::tags).orElse(List.of());
  }

  private static List<String> tags(Repository repository) {
    synchronized (repository) {
      return List.copyOf(repository.tags.keySet());
    }
  }

  private static String digest(Repository repository, String reference) {
    synchronized (repository) {
      return repository.tags.getOrDefault(reference, reference);
    }
  }

  private Optional<Repository> find(String repository) {
    return Optional.ofNullable(repositories.get(repository));
  }
}
