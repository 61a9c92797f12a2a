/** Sends messages to webhooks, such as those of Slack. */
@NullMarked
package io.towpath.activities.webhook;

import org.jspecify.annotations.NullMarked;
