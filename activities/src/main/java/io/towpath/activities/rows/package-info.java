/** What is known of very many rows, in little memory. */
@NullMarked
package io.towpath.activities.rows;

import org.jspecify.annotations.NullMarked;
