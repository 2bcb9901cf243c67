package org.anticall.gateway.path;

import java.time.Duration;
import org.anticall.gateway.hop.NextHop;
import org.anticall.gateway.sip.HeaderId;
import org.anticall.gateway.sip.Method;
import org.anticall.gateway.sip.SipMessage;
import org.anticall.gateway.sip.SipText;

/**
 * What becomes of the responses of a call's legs (RFC 3261 §16.7): told to upstream, answered with ACK or CANCEL, or the
 * reason to go on to another leg. Owned by one event loop.
 */
final class LegAnswers {

    private static final long PLACES_HOLD_NANOS = Duration.ofSeconds(3).toNanos();

    private final Call call;
    private final PathLoop loop;
    private final Forks forks;

    LegAnswers(Call call, Forks forks) {
        this.call = call;
        this.loop = call.loop;
        this.forks = forks;
    }

    /** A response of {@code from}. */
    void answered(Leg from, SipMessage response) {
        int status = response.status();
        judgeHop(from.hop, response);
        if (response.method() == Method.CANCEL) {
            from.releaseCancel();
            if (from.cancelWanted) {
                from.retransmitAt = PathTimers.NEVER;
            }
        } else if (response.method() != Method.INVITE) {
            loop.counters.strayResponses.increment();
        } else if (status >= 200 && status < 300) {
            succeeded(from, response);
        } else if (status >= 300) {
            failed(from, response);
        } else if (from.isPending()) {
            progressed(from, response);
        }
    }

    /** What the response says of the hop's health. */
    private void judgeHop(NextHop hop, SipMessage response) {
        long now = loop.clock.nanos();
        DeskPlaces.read(response, hop, now + PLACES_HOLD_NANOS);
        if (response.status() != 503) {
            hop.answered();
        } else if (response.method() == Method.INVITE) {
            int line = response.first(HeaderId.RETRY_AFTER);
            hop.declined(now, line < 0 ? 0 : leadingNumber(response, line));
        }
    }

    /** The seconds of {@code Retry-After: 18000 (comment);duration=3600}, 0 if there are none. */
    private static long leadingNumber(SipMessage response, int line) {
        byte[] bytes = response.bytes();
        int to = response.valueStart(line);
        while (to < response.valueEnd(line) && SipText.isDigit(bytes[to])) {
            to++;
        }
        return Math.max(0, SipText.number(bytes, response.valueStart(line), to));
    }

    private void progressed(Leg from, SipMessage response) {
        int status = response.status();
        if (from.state == Leg.State.CALLING) {
            from.state = Leg.State.PROCEEDING;
            from.retransmitAt = PathTimers.NEVER;
            if (from.cancelWanted) {
                forks.sendCancel(from);
                return;
            }
            from.giveUpAt = from.sentAt + loop.timers.ringing();
        }
        if (from.cancelWanted) {
            return;
        }
        if (status > 100) {
            long now = loop.clock.nanos();
            from.rang = true;
            from.giveUpAt = now + loop.timers.ringing();
            loop.witness.progressed(call.story, from, response, now);
        }
        boolean hidden = status == 100 || (status == 181 && from.isDesk());
        if (!hidden && call.state() == Call.State.PROCEEDING && forks.isCurrent(from)) {
            call.upstream.say(loop.messages.upstream(call, from, response));
        }
    }

    private void succeeded(Leg from, SipMessage response) {
        loop.known.progressed(call.story, from, response);
        call.upstream.pass(loop.messages.upstream(call, from, response));
        from.state = Leg.State.ANSWERED;
        from.rest();
        from.release();
        if (call.isInSetup()) {
            forks.answeredBy(from);
            call.accepted(response.status(), from.isDesk());
        }
    }

    private void failed(Leg from, SipMessage response) {
        if (from.state == Leg.State.ANSWERED || from.sent == null) {
            return;
        }
        from.port.send(loop.messages.ack(from, response), from.hop.address());
        if (from.state == Leg.State.FAILED) {
            return;
        }
        from.state = Leg.State.FAILED;
        from.rest();
        from.releaseCancel();
        if (call.state() != Call.State.PROCEEDING) {
            return;
        }
        int status = response.status();
        if (!from.isDesk() && !(from.cancelWanted && status == 487)) {
            remember(from, response);
        }
        if (forks.isCurrent(from)) {
            forks.forkOn(status, from.isDesk() && status == 480 && isReleased(from, response));
        } else if (status >= 600 && !from.isDesk()) {
            forks.failedForGood();
        }
    }

    private void remember(Leg from, SipMessage response) {
        int status = response.status();
        if (forks.best.isBeatenBy(status)) {
            forks.best.keep(status, loop.messages.upstream(call, from, response));
        } else if (BestFailure.isChallenge(status)) {
            forks.best.challenge(LegMessages.challenges(response), loop.allocator);
        }
    }

    private static boolean isReleased(Leg from, SipMessage response) {
        int line = response.first(HeaderId.X_ANTICALL_RELEASE);
        return line >= 0
                && SipText.equals(
                        response.bytes(),
                        response.valueStart(line),
                        response.valueEnd(line),
                        SipText.bytes(from.treatment.recordId()));
    }
}
