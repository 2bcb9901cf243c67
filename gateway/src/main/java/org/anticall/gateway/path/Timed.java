package org.anticall.gateway.path;

import org.jspecify.annotations.Nullable;

/** Something with a deadline in a {@link TimerWheel}; the wheel's links are inside it. Owned by one event loop. */
abstract class Timed {

    @Nullable
    Timed wheelNext;

    @Nullable
    Timed wheelPrevious;

    /** The tick at which the wheel looks at it, -1 while it is in no wheel. */
    long wheelTick = -1;

    /** The deadline may have come. What still waits for another one schedules itself again. */
    abstract void due(long nowNanos);
}
