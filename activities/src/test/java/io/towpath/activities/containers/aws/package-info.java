/** Tests of the adapters of AWS Batch and AWS ECS. */
@NullMarked
package io.towpath.activities.containers.aws;

import org.jspecify.annotations.NullMarked;
