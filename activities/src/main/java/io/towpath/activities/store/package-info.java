/** Small documents and pages of JSON lines in S3. */
@NullMarked
package io.towpath.activities.store;

import org.jspecify.annotations.NullMarked;
