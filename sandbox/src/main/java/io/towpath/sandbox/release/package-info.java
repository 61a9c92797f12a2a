/** The program of the demo's image, which has to run without anything but a JVM. */
@NullMarked
package io.towpath.sandbox.release;

import org.jspecify.annotations.NullMarked;
