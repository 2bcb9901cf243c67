/**
 * The configuration of the centre: one record tree, read from YAML with all problems at once. Unknown keys are errors,
 * environment variables override the file, secrets come from files. Opens no socket and no database.
 */
@NullMarked
package org.anticall.ops.config;

import org.jspecify.annotations.NullMarked;
