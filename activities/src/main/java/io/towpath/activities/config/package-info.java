/** Settings that adapters get: values only, read by the worker. */
@NullMarked
package io.towpath.activities.config;

import org.jspecify.annotations.NullMarked;
