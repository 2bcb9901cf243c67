package org.anticall.gateway.path;

import java.util.Objects;
import org.anticall.gateway.config.GatewayConfig;
import org.anticall.gateway.config.Redirect;
import org.anticall.gateway.hop.HopOrder;
import org.anticall.gateway.hop.NextHop;
import org.anticall.gateway.sip.SipMessage;
import org.anticall.gateway.sip.SipText;
import org.anticall.rules.call.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a call whose carrier only asks: 302 to the desk, the trunk's way of declining, or its status for a clean
 * call. A redirect cannot change a message, so a label or a withheld number is a clean answer; the record says what was
 * decided. Nothing is forwarded. Owned by one event loop.
 */
final class RedirectAnswer {

    private final Call call;
    private final Redirect redirect;

    RedirectAnswer(Call call) {
        this.call = call;
        this.redirect = Objects.requireNonNull(call.trunk.manners().redirect());
    }

    /** Answers the call as {@code verdict} has it. */
    void answer(SipMessage message, Verdict verdict, String recordId) {
        if (verdict instanceof Verdict.Reject reject) {
            call.decline(message, reject.status());
        } else if (verdict instanceof Verdict.Divert divert) {
            divert(message, divert, recordId);
        } else {
            clean(message);
        }
    }

    private void divert(SipMessage message, Verdict.Divert rule, String recordId) {
        NextHop desk = desk(GatewayConfig.DESK);
        Ladder ladder = new Ladder(rule);
        while (desk == null) {
            Verdict.LadderStep step = ladder.next();
            call.loop.counters.ladder(step);
            switch (step) {
                case NEXT_DESK -> desk = desk(GatewayConfig.SECOND_DESK);
                case PASS, PASS_WITH_LABEL -> {
                    clean(message);
                    return;
                }
                case ANNOUNCEMENT -> {} // there is no desk that could tell
                case REJECT -> {
                    call.decline(message, 603);
                    return;
                }
            }
        }
        desk.takesCall();
        call.finish(message, 302, contact(desk, recordId));
    }

    private @Nullable NextHop desk(String name) {
        HopOrder group = call.loop.hops.group(name);
        return group == null ? null : group.next(0, call.loop.clock.nanos());
    }

    /** The carrier's switch sends the INVITE there and, if it follows RFC 3261 §19.1.5, the record's id with it. */
    private static byte[] contact(NextHop desk, String recordId) {
        String text = desk.text();
        String address = text.substring(text.indexOf('/') + 1, text.lastIndexOf('/'));
        return SipText.bytes("Contact: <sip:desk@" + address + ";transport="
                + desk.transport().text() + "?X-Anticall-Verdict=" + recordId + ">\r\n");
    }

    private void clean(SipMessage message) {
        call.finish(message, redirect.clean(), null);
    }
}
