/**
 * A stand-in of CAVATICA's DRS: ids minted for datasets, and a GA4GH DRS server over these and over
 * the platform's files, in the versions 1.2 and 1.5.
 */
@NullMarked
package io.towpath.sandbox.drs;

import org.jspecify.annotations.NullMarked;
