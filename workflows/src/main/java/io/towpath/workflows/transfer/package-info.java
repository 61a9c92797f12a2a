/** The port that moves and lists bytes in S3, in pages. */
@NullMarked
package io.towpath.workflows.transfer;

import org.jspecify.annotations.NullMarked;
