/** Reads a request from a JSON or YAML file, saying line and column of what is malformed. */
@NullMarked
package io.towpath.starter.request;

import org.jspecify.annotations.NullMarked;
