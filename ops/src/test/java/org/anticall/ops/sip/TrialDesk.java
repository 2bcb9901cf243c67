package org.anticall.ops.sip;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.anticall.ops.desk.DeskPolicy;

/** Settings of a desk on loopback with one phone, 101. */
final class TrialDesk {

    static final String PASSWORD = "secret-101";

    private TrialDesk() {}

    /** On a free port, for calls that nobody passes on. */
    static DeskSettings settings(Duration answerWithin, Duration ringFor) {
        return settings(0, answerWithin, ringFor, new byte[0], "");
    }

    /** On that port, with 15 s to answer, for calls that are passed on with a token under that key by the phone's star. */
    static DeskSettings passingOn(int port, byte[] bypassKey) {
        return settings(port, Duration.ofSeconds(15), Duration.ofSeconds(10), bypassKey, "*");
    }

    private static DeskSettings settings(
            int port, Duration answerWithin, Duration ringFor, byte[] bypassKey, String releaseKey) {
        List<AddressRange> loopback = List.of(AddressRange.parse("127.0.0.0/8"));
        return new DeskSettings(
                "127.0.0.1",
                port,
                loopback,
                loopback,
                "anticall-test",
                Map.of("101", PASSWORD),
                new DeskPolicy(answerWithin, ringFor, Duration.ZERO, 5, 3),
                DeskSettings.DECLINE_KEY,
                bypassKey,
                releaseKey);
    }
}
