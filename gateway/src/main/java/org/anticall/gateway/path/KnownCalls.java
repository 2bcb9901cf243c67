package org.anticall.gateway.path;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import org.anticall.gateway.config.Trunk;
import org.anticall.gateway.hop.NextHop;
import org.anticall.gateway.sip.HeaderId;
import org.anticall.gateway.sip.SipMessage;
import org.anticall.gateway.sip.Slice;
import org.anticall.gateway.transport.Port;
import org.anticall.gateway.transport.Source;
import org.jspecify.annotations.Nullable;

/**
 * Judged calls from the first ringing to their BYE and a little longer: who listens to {@link CallEvents} is told when they
 * end, and a request in their dialogs that says nothing of the way finds the other side. Owned by one event loop.
 *
 * <pre>
 *   RINGING ──2xx──> ANSWERED ──BYE──> ENDED, for 64×T1, if that BYE may come again and need memory, or the ACK is to come
 *      └── failed ──> forgotten
 * </pre>
 *
 * Most requests in dialogs are forwarded without looking here, by the {@link RouteToken} in their Route. Programs that keep
 * no route set send theirs without: such a request is brought to where the INVITE went or came from, if Call-ID and both
 * tags are those of a call that is here, and if it comes from the trunk of its caller or the hop of its callee. So nobody is
 * led anywhere but to the other side of a call of his own.
 */
final class KnownCalls {

    /** How long a call talks at most. */
    static final Duration LONGEST_CALL = Duration.ofHours(12);

    private final KeyHash hash;
    private final CallStories ringing = new CallStories(CallStories.MAX_CALLS, LONGEST_CALL.toNanos());
    private final CallStories answered = new CallStories(CallStories.MAX_CALLS, LONGEST_CALL.toNanos());
    private final CallStories ended;
    private final long lingerNanos;
    private @Nullable InetSocketAddress target;
    private @Nullable Port side;
    private RouteToken.Use use = RouteToken.Use.PLAIN;

    /**
     * @param lingerNanos how long a call is known after its BYE
     */
    KnownCalls(KeyHash hash, long lingerNanos) {
        this.hash = hash;
        this.lingerNanos = lingerNanos;
        this.ended = new CallStories(CallStories.MAX_CALLS, lingerNanos);
    }

    /** What stands for the Call-ID of {@code message}. Uses the hash: keep its key before. */
    long callHash(SipMessage message) {
        int line = message.first(HeaderId.CALL_ID);
        return hash.begin()
                .add(message.bytes(), message.valueStart(line), message.valueEnd(line))
                .high();
    }

    /** What stands for Call-ID and caller of {@code message}, which is the caller's. Uses the hash too. */
    long dialogHash(SipMessage message) {
        return callHash(message) ^ tagHash(message, HeaderId.FROM) * 31;
    }

    /** What stands for the tag of From or To. Uses the hash too. */
    private long tagHash(SipMessage message, HeaderId party) {
        long tag = message.tag(party);
        return Slice.isPresent(tag)
                ? hash.begin()
                        .add(message.bytes(), Slice.start(tag), Slice.end(tag))
                        .high()
                : TwoSides.NOBODY;
    }

    /** Answered calls whose end has not been seen yet. */
    int answeredCalls() {
        return answered.size();
    }

    // ---- How far calls come ----

    /** A call of {@code invite}, which came by {@code port}. */
    void began(CallStory call, SipMessage invite, Port port) {
        call.calledBy(tagHash(invite, HeaderId.FROM), port);
    }

    /** {@code leg} said more than 100: there is a dialog. */
    void progressed(CallStory call, Leg leg, SipMessage response) {
        call.calls(tagHash(response, HeaderId.TO), leg);
        if (!call.isRinging() && !call.isAnswered()) {
            call.isRinging(true);
            CallStory gone = ringing.add(call);
            if (gone != null) {
                gone.isRinging(false);
            }
        }
    }

    /** The first 2xx went upstream; gives back a call that had to go for this one, if any. */
    @Nullable
    CallStory answered(CallStory call) {
        rangOut(call);
        return answered.add(call);
    }

    /** Its INVITE failed. */
    void rangOut(CallStory call) {
        if (call.isRinging()) {
            call.isRinging(false);
            ringing.remove(call);
        }
    }

    /** The answered call that {@code bye} ends: one of that Call-ID and both tags; null if none is known. */
    @Nullable
    CallStory takeEnded(SipMessage bye) {
        long callHash = callHash(bye);
        long from = tagHash(bye, HeaderId.FROM);
        long to = tagHash(bye, HeaderId.TO);
        CallStory call = answered.first(callHash);
        while (call != null && !call.hasDialog(from, to) && !call.hasDialog(to, from)) {
            call = CallStories.next(call);
        }
        return call == null ? null : answered.remove(call);
    }

    /** Whether the caller of {@code call} sends {@code request}, which is in its dialog. */
    boolean isOfCaller(CallStory call, SipMessage request) {
        return call.isCaller(tagHash(request, HeaderId.FROM));
    }

    /**
     * The call ended. It stays a little if its BYE may come again and will need memory again, or if an ACK may still be on
     * its way, which may need memory even if the BYE did not.
     *
     * @param recalled whether the BYE needed memory
     */
    void lingers(CallStory call, boolean recalled) {
        if (recalled || call.talkNanos() < lingerNanos) {
            ended.add(call);
        }
    }

    /** An answered call that cannot last any longer; null if there is none. */
    @Nullable
    CallStory takeOverdue(long now) {
        while (ended.takeOverdue(now) != null) {
            // Nobody waits for it.
        }
        return answered.takeOverdue(now);
    }

    /** The answered call that is here the longest; null if there is none. */
    @Nullable
    CallStory takeOldest() {
        return answered.takeOldest();
    }

    // ---- Where their other side is ----

    /** Looks for the call whose dialog {@code request} is in, and for its side that {@code source} is not. */
    boolean find(SipMessage request, Source source) {
        Trunk trunk = source.trunk();
        long call = callHash(request);
        long caller = tagHash(request, trunk == null ? HeaderId.TO : HeaderId.FROM);
        long callee = tagHash(request, trunk == null ? HeaderId.FROM : HeaderId.TO);
        return find(answered, call, caller, callee, source)
                || find(ringing, call, caller, callee, source)
                || find(ended, call, caller, callee, source);
    }

    private boolean find(CallStories among, long callHash, long caller, long callee, Source source) {
        Trunk trunk = source.trunk();
        for (CallStory call = among.first(callHash); call != null; call = CallStories.next(call)) {
            Leg leg = call.leg(caller, callee);
            if (leg != null && (trunk == null ? isAt(source.hop(), leg) : isOf(trunk, call))) {
                target = trunk == null ? call.source() : leg.hop.address();
                side = trunk == null ? call.callerPort() : leg.port;
                use = leg.treatment.use();
                return true;
            }
        }
        return false;
    }

    private static boolean isOf(Trunk trunk, CallStory call) {
        return trunk.name().equals(call.trunk().name());
    }

    private static boolean isAt(@Nullable NextHop hop, Leg leg) {
        return hop != null && hop.address().equals(leg.hop.address());
    }

    /** Where the side last found is. */
    InetSocketAddress target() {
        return Objects.requireNonNull(target, "a call was found");
    }

    /** What the side last found is reached by. */
    Port side() {
        return Objects.requireNonNull(side, "a call was found");
    }

    /** What was done with the call last found. */
    RouteToken.Use use() {
        return use;
    }
}
