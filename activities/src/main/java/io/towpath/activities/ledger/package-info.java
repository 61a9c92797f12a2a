/** The create-only ledger in S3. */
@NullMarked
package io.towpath.activities.ledger;

import org.jspecify.annotations.NullMarked;
