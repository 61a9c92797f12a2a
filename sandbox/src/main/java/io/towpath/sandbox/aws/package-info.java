/** AWS Batch, ECS and CloudWatch Logs, as far as running containers needs them. */
@NullMarked
package io.towpath.sandbox.aws;

import org.jspecify.annotations.NullMarked;
