/**
 * A stand-in of the Seven Bridges API v2 as CAVATICA serves it, by its documented contract:
 * projects, apps, volumes, files, imports, exports and tasks with their codes, races and limits.
 */
@NullMarked
package io.towpath.sandbox.sevenbridges;

import org.jspecify.annotations.NullMarked;
