package org.anticall.ops.sip;

import java.time.InstantSource;
import org.anticall.rules.record.BypassToken;

/**
 * The right to place calls that gateways let pass unjudged: to the callee of a call that was answered and turns out to be an
 * honest one.
 */
final class Bypass {

    /** Header with the token. */
    static final String HEADER = "X-Anticall-Bypass";

    private static final long VALID_SECONDS = 60;

    private final byte[] key;
    private final InstantSource clock;

    /** @param key what the gateways have as {@code desk-calls.bypass-key}, at least 16 bytes; not to be changed */
    Bypass(byte[] key, InstantSource clock) {
        this.key = key;
        this.clock = clock;
    }

    /** The value of the header for one call to {@code callee}, the user part of the Request-URI. */
    String token(String callee, String recordId) {
        return BypassToken.sign(key, callee, recordId, clock.instant().getEpochSecond() + VALID_SECONDS)
                .text();
    }
}
