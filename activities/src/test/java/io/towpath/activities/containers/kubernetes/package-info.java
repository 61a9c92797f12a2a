/**
 * Tests of the adapter of Kubernetes, before the mock server of its client library and a real one.
 */
@NullMarked
package io.towpath.activities.containers.kubernetes;

import org.jspecify.annotations.NullMarked;
