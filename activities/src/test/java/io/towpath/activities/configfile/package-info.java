/** Tests of reading configuration files. */
@NullMarked
package io.towpath.activities.configfile;

import org.jspecify.annotations.NullMarked;
