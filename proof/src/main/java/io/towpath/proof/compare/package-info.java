/** What scripts do today, re-enacted, for the same misfortunes to strike them and us. */
@NullMarked
package io.towpath.proof.compare;

import org.jspecify.annotations.NullMarked;
