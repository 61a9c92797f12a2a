/** Port to the configuration file of a release: pinned once, stored once. */
@NullMarked
package io.towpath.workflows.configfile;

import org.jspecify.annotations.NullMarked;
