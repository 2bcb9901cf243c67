package org.anticall.ops.sip;

import java.io.IOException;

/** The address an endpoint was to listen on cannot be had; the message names it and the reason. */
public final class PortTakenException extends IOException {

    private static final long serialVersionUID = 1L;

    PortTakenException(String address, int port, Throwable cause) {
        super("cannot listen on udp " + address + ":" + port + ": " + reason(cause), cause);
    }

    private static String reason(Throwable cause) {
        Throwable deepest = cause;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        String said = deepest.getMessage();
        return said == null ? deepest.getClass().getSimpleName() : said;
    }
}
