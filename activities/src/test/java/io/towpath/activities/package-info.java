/** The rules that hold between the packages of this module. */
@NullMarked
package io.towpath.activities;

import org.jspecify.annotations.NullMarked;
