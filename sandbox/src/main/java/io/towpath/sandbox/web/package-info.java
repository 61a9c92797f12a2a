/** A stand-in of the open internet: one host that has files behind https. */
@NullMarked
package io.towpath.sandbox.web;

import org.jspecify.annotations.NullMarked;
