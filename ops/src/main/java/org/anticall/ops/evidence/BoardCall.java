package org.anticall.ops.evidence;

import org.anticall.ops.desk.DeskCall;
import org.jspecify.annotations.Nullable;

/**
 * A diverted call as the console shows it: what the desk knows and, once its record arrived, why it was diverted.
 *
 * @param ground null as long as the record has not arrived
 */
public record BoardCall(DeskCall call, @Nullable Ground ground) {

    public String id() {
        return call.recordId();
    }
}
