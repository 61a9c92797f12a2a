/** Tests of S3 as clients see it, through the AWS SDK. */
@NullMarked
package io.towpath.sandbox.s3;

import org.jspecify.annotations.NullMarked;
