/** Tests of what adapters are given. */
@NullMarked
package io.towpath.activities.config;

import org.jspecify.annotations.NullMarked;
