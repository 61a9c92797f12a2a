/**
 * A stand-in of Gen3 indexd as its code of 6.4.0 answers: records under dids that the client may
 * choose, their versions, aliases and bundles, and their DRS view.
 */
@NullMarked
package io.towpath.sandbox.indexd;

import org.jspecify.annotations.NullMarked;
