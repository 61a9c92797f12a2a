/** Containers of AWS Batch and AWS ECS, with their logs in CloudWatch. */
@NullMarked
package io.towpath.activities.containers.aws;

import org.jspecify.annotations.NullMarked;
