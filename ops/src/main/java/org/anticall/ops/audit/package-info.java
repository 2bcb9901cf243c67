/**
 * The trail of who changed and who looked at what: entries chained by hash, the head of the chain signed, and the proof
 * that nothing was taken out, put in or altered. Pure: it knows no database and no HTTP; {@code ops.store} keeps the
 * entries.
 */
@NullMarked
package org.anticall.ops.audit;

import org.jspecify.annotations.NullMarked;
