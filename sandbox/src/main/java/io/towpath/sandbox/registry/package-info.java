/** A read-only OCI registry, by the OCI distribution specification and its reference server. */
@NullMarked
package io.towpath.sandbox.registry;

import org.jspecify.annotations.NullMarked;
