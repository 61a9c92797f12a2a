/** Makes one page, and its JSON, of the records that cells of the proof left. */
@NullMarked
package io.towpath.proof.page;

import org.jspecify.annotations.NullMarked;
