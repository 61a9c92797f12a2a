package io.towpath.sandbox.container;

import io.towpath.sandbox.image.Puller;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * How the stand-in is set up.
 *
 * @param folder where containers have their roots
 */
public record ContainerSettings(Path folder, Puller puller, InstantSource clock) {}
