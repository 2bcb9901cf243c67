package org.anticall.gateway.config;

import org.jspecify.annotations.Nullable;

/**
 * How the gateway sits on the wire.
 *
 * @param loops event loops, 1 to 32
 * @param streams limits of TCP and TLS
 * @param tls null if TLS is neither spoken nor listened to
 */
public record WireSettings(int loops, StreamSettings streams, @Nullable TlsSettings tls) {

    /** Most event loops: what fits into a branch with room to spare. */
    public static final int MAX_LOOPS = 32;

    /** One loop, no TLS. */
    public static final WireSettings DEFAULT = new WireSettings(1, StreamSettings.DEFAULT, null);
}
