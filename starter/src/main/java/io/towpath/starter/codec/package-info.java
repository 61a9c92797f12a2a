/** The codec server: lets Temporal's UI and CLI show what is stored encrypted. */
@NullMarked
package io.towpath.starter.codec;

import org.jspecify.annotations.NullMarked;
