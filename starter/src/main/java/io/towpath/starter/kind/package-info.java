/**
 * What is known of each ETL without a worker: fields, stages, secrets, template and JSON Schema.
 */
@NullMarked
package io.towpath.starter.kind;

import org.jspecify.annotations.NullMarked;
