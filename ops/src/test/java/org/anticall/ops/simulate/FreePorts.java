package org.anticall.ops.simulate;

import java.io.IOException;
import org.anticall.ops.acceptance.Ports;

/** Ports that are free, so that tests do not meet each other. */
final class FreePorts {

    private FreePorts() {}

    /** Six of them, each free for UDP and TCP. */
    static DemoPorts forDemo() throws IOException {
        return new DemoPorts(Ports.free(), Ports.free(), Ports.free(), Ports.free(), Ports.free(), Ports.free());
    }
}
