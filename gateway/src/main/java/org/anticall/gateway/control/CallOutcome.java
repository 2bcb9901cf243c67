package org.anticall.gateway.control;

import java.util.Locale;

/** How a call's setup ended, as SIP statistics tell outcomes apart (RFC 6076, ITU-T E.425). A fixed set, so a label. */
enum CallOutcome {
    ANSWERED,
    REDIRECTED,
    /** 486, 600: the callee speaks. */
    BUSY,
    /** 480, 487: nobody answered, or the caller hung up before. */
    UNANSWERED,
    /** 603: declined, by the callee or by a verdict. */
    DECLINED,
    /** 408, 500, 503, 504: the network failed (RFC 6076 §4.8). */
    INEFFECTIVE,
    /** Any other failure. */
    FAILED,
    /** No final response: the gateway stopped, or could not handle the call. */
    UNKNOWN;

    static CallOutcome of(int status) {
        return switch (status) {
            case 0 -> UNKNOWN;
            case 486, 600 -> BUSY;
            case 480, 487 -> UNANSWERED;
            case 603 -> DECLINED;
            case 408, 500, 503, 504 -> INEFFECTIVE;
            default -> status < 300 ? ANSWERED : status < 400 ? REDIRECTED : FAILED;
        };
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
