package org.anticall.ops;

import java.util.List;
import org.anticall.ops.config.OpsConfig;
import org.anticall.ops.desk.DeskCall;
import org.anticall.ops.desk.DeskListener;
import org.anticall.ops.desk.SeatStatus;
import org.anticall.ops.http.DeskActions;
import org.jspecify.annotations.Nullable;

/** The desk's SIP side with everybody who listens to it; a centre may do without. */
final class DeskParts implements DeskActions, AutoCloseable {

    private DeskParts() {}

    static DeskParts start(OpsConfig.@Nullable Desk config, List<DeskListener> listeners) {
        return new DeskParts();
    }

    @Override
    public boolean release(String recordId) {
        return false;
    }

    @Override
    public void close() {}

    /** Tells several listeners, in their order. */
    record Everybody(List<DeskListener> listeners) implements DeskListener {
        @Override
        public void changed(DeskCall call) {
            listeners.forEach(each -> each.changed(call));
        }

        @Override
        public void changed(SeatStatus seat) {
            listeners.forEach(each -> each.changed(seat));
        }
    }
}
