/** The port to Seven Bridges platforms such as CAVATICA: projects, imports, tasks, exports. */
@NullMarked
package io.towpath.workflows.sevenbridges;

import org.jspecify.annotations.NullMarked;
