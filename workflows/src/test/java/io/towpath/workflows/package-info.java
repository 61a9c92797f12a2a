/** The rules that hold between the packages of this module. */
@NullMarked
package io.towpath.workflows;

import org.jspecify.annotations.NullMarked;
