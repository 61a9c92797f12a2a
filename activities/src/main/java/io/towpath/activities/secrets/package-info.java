/** References to credentials, resolved on the worker: by its environment, disk and stores. */
@NullMarked
package io.towpath.activities.secrets;

import org.jspecify.annotations.NullMarked;
