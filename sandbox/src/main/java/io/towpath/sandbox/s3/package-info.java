/**
 * A real S3 server (S3Proxy) behind a front that journals, injects faults and serialises
 * conditional writes.
 */
@NullMarked
package io.towpath.sandbox.s3;

import org.jspecify.annotations.NullMarked;
