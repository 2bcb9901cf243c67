/** From the authoring model to a snapshot, or to precise problems: the only place that knows both. */
@NullMarked
package org.anticall.rules.compile;

import org.jspecify.annotations.NullMarked;
