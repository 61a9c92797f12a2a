/** Tests of the stand-ins of AWS Batch, ECS and CloudWatch Logs. */
@NullMarked
package io.towpath.sandbox.aws;

import org.jspecify.annotations.NullMarked;
