package org.anticall.ops.desk;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes not told yet. They are told when the event that caused them is dealt with, so that a listener never sees the
 * desk half way. What a listener throws is logged and costs no call. Owned by the desk's thread.
 */
final class News {

    private static final Logger LOG = LoggerFactory.getLogger(News.class);

    private final DeskListener listener;
    private final List<Runnable> untold = new ArrayList<>();

    News(DeskListener listener) {
        this.listener = listener;
    }

    void of(DivertedCall call) {
        of(call.picture());
    }

    void of(DeskCall picture) {
        untold.add(() -> listener.changed(picture));
    }

    void of(Seat seat) {
        SeatStatus status = seat.status();
        untold.add(() -> listener.changed(status));
    }

    void tell() {
        List<Runnable> now = List.copyOf(untold);
        untold.clear();
        for (Runnable change : now) {
            try {
                change.run();
            } catch (RuntimeException e) {
                LOG.atError().setCause(e).log("a listener of the desk failed");
            }
        }
    }
}
