/** S3 to CAVATICA to DRS: imports files, runs an app per sample, gives its outputs DRS ids. */
@NullMarked
package io.towpath.workflows.cavatica;

import org.jspecify.annotations.NullMarked;
