/**
 * One exchange with a platform: no retry, no redirect, a body that cannot be sent twice, one
 * judgement of the answer.
 */
@NullMarked
package io.towpath.activities.http;

import org.jspecify.annotations.NullMarked;
