/** Moves bytes into S3: ranged reads, parts, MD5 on the way, nothing on disk. */
@NullMarked
package io.towpath.activities.transfer;

import org.jspecify.annotations.NullMarked;
