package org.anticall.gateway.path;

import org.anticall.gateway.config.Redirect;
import org.anticall.gateway.config.Trunk;
import org.anticall.gateway.sip.Method;
import org.anticall.gateway.sip.SipMessage;
import org.anticall.gateway.transport.Port;
import org.anticall.gateway.transport.Source;

/**
 * New calls above a limit, and those whose handling failed: they pass without being judged and without a transaction, or
 * are refused, as their trunk has it. What belongs to the INVITE of one that passed goes the same way. Owned by one event
 * loop.
 */
final class UnjudgedCalls {

    private final PathLoop loop;
    private final Overload overload;
    private final TransactionKey keys;
    private final StatelessRelay relay;
    private final DirectReplies replies;

    UnjudgedCalls(PathLoop loop, Overload overload, TransactionKey keys, StatelessRelay relay, DirectReplies replies) {
        this.loop = loop;
        this.overload = overload;
        this.keys = keys;
        this.relay = relay;
        this.replies = replies;
    }

    /** A new call of {@code trunk} that a limit keeps from being judged; a call for help always passes. */
    void beyond(SipMessage invite, Port port, Source source, Trunk trunk, Strain strain) {
        Trunk.OnOverload policy = strain.isOfTrunk() ? trunk.limits().beyond() : trunk.onOverload();
        if (policy == Trunk.OnOverload.PASS || invite.isEmergency()) {
            loop.counters.overloadPassed.increment();
            pass(invite, port, source, trunk);
        } else {
            loop.counters.overloadRefused.increment();
            replies.busy(invite, port, source);
        }
    }

    /** Passes a new call on as it came; a trunk that only asks is told to go on. */
    void pass(SipMessage invite, Port port, Source source, Trunk trunk) {
        Redirect redirect = trunk.manners().redirect();
        if (redirect != null) {
            replies.say(invite, port, source, redirect.clean());
        } else if (relay.forwardUnjudged(invite, port, source, trunk)) {
            keys.read(invite);
            overload.passedUnjudged(
                    loop.hash.high(), keys.wholeHash(invite), loop.known.dialogHash(invite), loop.clock.nanos());
        } else {
            replies.busy(invite, port, source);
        }
    }

    /**
     * Forwards what belongs to a call that passed: its INVITE if it comes again as it was, ACK and CANCEL to it, or what a
     * caller without a route set sends in its dialog. Any other INVITE could be one for somebody else, also one with the
     * branch of a call that passed. False if there is no such call.
     */
    boolean follows(SipMessage request, Port port, Source source) {
        Trunk trunk = source.asCaller().trunk();
        if (trunk == null || trunk.manners().redirect() != null || !isOfUnjudged(request)) {
            return false;
        }
        return relay.forwardUnjudged(request, port, source, trunk);
    }

    private boolean isOfUnjudged(SipMessage request) {
        long now = loop.clock.nanos();
        Method method = request.method();
        boolean ofTransaction = method == Method.INVITE || method == Method.ACK || method == Method.CANCEL;
        keys.read(request);
        if (ofTransaction && overload.isUnjudged(loop.hash.high(), now)) {
            return method != Method.INVITE || overload.isUnjudged(keys.wholeHash(request), now);
        }
        return method != Method.INVITE
                && request.hasToTag()
                && overload.isUnjudgedDialog(loop.known.dialogHash(request), now);
    }
}
