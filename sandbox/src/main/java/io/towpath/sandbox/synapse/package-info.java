/**
 * The stand-in of Synapse: entities, files, provenance, views and DRS by its documented contract.
 */
@NullMarked
package io.towpath.sandbox.synapse;

import org.jspecify.annotations.NullMarked;
