/** Gives files DRS ids, remembers them, and proves that each resolves to its file. */
@NullMarked
package io.towpath.activities.drs;

import org.jspecify.annotations.NullMarked;
