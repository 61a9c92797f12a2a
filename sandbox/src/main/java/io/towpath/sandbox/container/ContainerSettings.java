package io.towpath.sandbox.container;

import io.towpath.sandbox.image.ImageRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * How the stand-in is set up.
 *
 * @param folder where containers have their roots
 * @param registry the only registry that the engine reaches
 * @param registryUri where that one is served; its host and port stand before images' names
 */
public record ContainerSettings(
    Path folder, ImageRegistry registry, Supplier<URI> registryUri, InstantSource clock) {}
