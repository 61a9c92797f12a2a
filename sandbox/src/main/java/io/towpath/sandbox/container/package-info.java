/**
 * A subset of the Docker Engine API whose containers are processes of this machine.
 *
 * <p>An image's layers are unpacked into a folder that is the container's root. The program, its
 * arguments and its environment's values are mapped: a whole value that is an absolute path of
 * something in the root becomes that thing's path on this machine, and the working folder is in the
 * root. Whatever an image lacks, {@code /bin/sh} say, is this machine's own, and the JVM that runs
 * this has its {@code java} on every container's PATH. There is no isolation: no namespaces, no
 * limits on memory or CPU, no network of its own, and a signal reaches the program as it would
 * outside, also one without a handler.
 */
@NullMarked
package io.towpath.sandbox.container;

import org.jspecify.annotations.NullMarked;
