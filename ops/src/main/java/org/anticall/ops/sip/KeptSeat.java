package org.anticall.ops.sip;

import org.jspecify.annotations.Nullable;

/**
 * An operator at a page of the console, as the next run has to know it.
 *
 * @param pauseReason why the seat is paused; null if it is not
 * @param unfiled the call that still wants its disposition; null if none does
 */
record KeptSeat(String seat, @Nullable String pauseReason, @Nullable String unfiled) {}
