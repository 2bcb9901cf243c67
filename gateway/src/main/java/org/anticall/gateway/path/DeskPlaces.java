package org.anticall.gateway.path;

import org.anticall.gateway.hop.NextHop;
import org.anticall.gateway.sip.HeaderId;
import org.anticall.gateway.sip.SipMessage;
import org.anticall.gateway.sip.SipText;

/**
 * What the desk says it can take: {@code X-Anticall-Capacity: 12} in any response of its, OPTIONS and calls alike. Twelve
 * calls more may come; with 0 none is sent until the word has run out or another one comes.
 */
final class DeskPlaces {

    private static final long MOST = 1_000_000;

    private DeskPlaces() {}

    /** Notes what {@code response} of {@code hop} says, if it says anything. */
    static void read(SipMessage response, NextHop hop, long untilNanos) {
        int line = response.first(HeaderId.X_ANTICALL_CAPACITY);
        if (line < 0 || !hop.isDesk()) {
            return;
        }
        long places = SipText.number(response.bytes(), response.valueStart(line), response.valueEnd(line));
        if (places >= 0) {
            hop.hasPlaces((int) Math.min(places, MOST), untilNanos);
        }
    }
}
