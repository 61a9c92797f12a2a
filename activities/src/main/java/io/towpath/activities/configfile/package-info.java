/** Reads the configuration file of a release from Synapse, S3 or the open internet. */
@NullMarked
package io.towpath.activities.configfile;

import org.jspecify.annotations.NullMarked;
