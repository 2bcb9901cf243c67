/** Evaluation: a compiled, deeply immutable snapshot that judges a call without allocating. Knows nothing of rule files or the authoring model. */
@NullMarked
package org.anticall.rules.engine;

import org.jspecify.annotations.NullMarked;
