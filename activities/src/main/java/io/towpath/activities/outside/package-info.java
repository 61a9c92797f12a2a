/** Files that sheets name outside Synapse: objects in S3 and addresses on the open internet. */
@NullMarked
package io.towpath.activities.outside;

import org.jspecify.annotations.NullMarked;
