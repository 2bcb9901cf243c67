/**
 * The centre as a whole: {@link org.anticall.ops.OpsServer} puts the parts together in the order in which they need each
 * other. Commands and the demo start it; no part knows it.
 */
@NullMarked
package org.anticall.ops;

import org.jspecify.annotations.NullMarked;
