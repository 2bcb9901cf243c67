package org.anticall.ops.evidence;

import java.util.List;
import org.anticall.ops.desk.SeatStatus;

/**
 * What a viewer of the board is told.
 *
 * @param seq number of the change, each one greater than the one before; a snapshot's is that of the last change in it
 * @param snapshot whether {@code calls} and {@code seats} are all there is, not only what changed
 * @param calls newest first in a snapshot
 */
public record BoardChange(long seq, boolean snapshot, List<BoardCall> calls, List<SeatStatus> seats) {

    public BoardChange {
        calls = List.copyOf(calls);
        seats = List.copyOf(seats);
    }
}
