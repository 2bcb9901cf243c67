package org.anticall.rules.engine;

import org.anticall.rules.call.CallEnd;

/**
 * How one of a caller's calls went, packed into an {@code int}: bits 0–1 state, bit 2 whether the caller ended it, bits 3–10
 * seconds it rang (at most 255), bits 11–30 seconds it lasted.
 */
final class CallDetail {

    /** Still ringing or talking, as far as anybody knows. */
    static final int OPEN = 0;

    private static final int UNANSWERED = 1;
    private static final int ANSWERED = 2;
    private static final int STATE_MASK = 3;
    private static final int BY_CALLER = 4;
    private static final int RING_SHIFT = 3;
    private static final int RING_MASK = 0xFF;
    private static final int TALK_SHIFT = 11;
    private static final int TALK_MASK = 0xF_FFFF;
    private static final long SECOND_MILLIS = 1000;

    private CallDetail() {}

    static int of(CallEnd end) {
        long ring = Math.min(RING_MASK, (end.ringMillis() + SECOND_MILLIS - 1) / SECOND_MILLIS);
        long talk = Math.min(TALK_MASK, end.talkMillis() / SECOND_MILLIS);
        return (end.isAnswered() ? ANSWERED : UNANSWERED)
                | (end.by() == CallEnd.Party.CALLER ? BY_CALLER : 0)
                | ((int) ring << RING_SHIFT)
                | ((int) talk << TALK_SHIFT);
    }

    static boolean isOpen(int detail) {
        return (detail & STATE_MASK) == OPEN;
    }

    static boolean isAnswered(int detail) {
        return (detail & STATE_MASK) == ANSWERED;
    }

    /** Whether the caller let it ring for at most {@code seconds} and hung up before an answer. */
    static boolean isOneRing(int detail, int seconds) {
        return (detail & STATE_MASK) == UNANSWERED
                && (detail & BY_CALLER) != 0
                && ((detail >>> RING_SHIFT) & RING_MASK) <= seconds;
    }

    /** How long it lasted, seconds. */
    static int talkSeconds(int detail) {
        return (detail >>> TALK_SHIFT) & TALK_MASK;
    }
}
