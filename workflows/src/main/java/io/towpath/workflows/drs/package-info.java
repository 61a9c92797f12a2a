/** The port that gives files DRS ids and proves that these resolve. */
@NullMarked
package io.towpath.workflows.drs;

import org.jspecify.annotations.NullMarked;
