package org.anticall.ops.evidence;

import java.time.Instant;
import org.anticall.ops.desk.DeskCall;
import org.jspecify.annotations.Nullable;

/**
 * A diverted call as the console shows it: what the desk knows and, once its record arrived, why it was diverted.
 *
 * @param ground null as long as the record has not arrived
 * @param answeredAt when an operator took it; null if none did
 */
public record BoardCall(DeskCall call, @Nullable Ground ground, @Nullable Instant answeredAt) {

    public String id() {
        return call.recordId();
    }
}
