package org.anticall.gateway.path;

import java.net.InetSocketAddress;
import org.anticall.gateway.config.Trunk;
import org.anticall.gateway.sip.HeaderId;
import org.anticall.gateway.sip.SipMessage;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Decision;
import org.anticall.rules.call.Verdict;
import org.anticall.rules.number.PartyNumber;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one judged call from its INVITE to its end, for those who listen to {@link CallEvents}. Times are
 * nanoseconds on the loop's clock, {@link #NEVER} for what has not happened. Written by the event loop that owns the call
 * and, once the call has ended, by nobody.
 */
public final class CallStory extends TwoSides {

    /** The instant of what has not happened. */
    public static final long NEVER = -1;

    /** Who ended the call. */
    public enum EndedBy {
        CALLER,
        CALLEE,
        /** The gateway: a reject, a timeout, no hop. */
        GATEWAY,
        /** Nobody saw the end: the BYE went another way, or the gateway stopped. */
        NOBODY_KNOWS
    }

    private final Trunk trunk;
    private final InetSocketAddress source;
    private final long callHash;
    private final long arrivedMillis;
    private final long arrivedNanos;
    private long judgedNanos = NEVER;
    private long ringingNanos = NEVER;
    private long answeredNanos = NEVER;
    private long endedNanos = NEVER;
    private @Nullable Decision decision;
    private @Nullable Verdict verdict;
    private String recordId = "";
    private long asserted = PartyNumber.ABSENT;
    private long presented = PartyNumber.ABSENT;
    private long callee = PartyNumber.ABSENT;
    private int status;
    private boolean answeredByDesk;
    private boolean observed;
    private EndedBy endedBy = EndedBy.NOBODY_KNOWS;
    private String callId = "";

    @Nullable
    CallStory bucketNext;

    @Nullable
    CallStory older;

    @Nullable
    CallStory newer;

    CallStory(Trunk trunk, InetSocketAddress source, long callHash, long arrivedMillis, long arrivedNanos) {
        this.trunk = trunk;
        this.source = source;
        this.callHash = callHash;
        this.arrivedMillis = arrivedMillis;
        this.arrivedNanos = arrivedNanos;
    }

    /** Who calls whom, as soon as it has been read. */
    void identify(CallFacts facts) {
        asserted = facts.asserted();
        presented = facts.presented();
        callee = facts.callee();
    }

    /** Whether the judge counted the call, so that it wants to know how it ends. */
    void observed(boolean counted) {
        observed = counted;
    }

    boolean isObserved() {
        return observed;
    }

    void judged(Decision chosen, Verdict effective, String record, @Nullable CallFacts facts, long now) {
        judgedNanos = now;
        decision = chosen;
        verdict = effective;
        recordId = record;
        if (facts != null) {
            identify(facts);
        }
    }

    void ringing(long now) {
        if (ringingNanos == NEVER) {
            ringingNanos = now;
        }
    }

    void answered(int finalStatus, boolean byDesk, long now) {
        status = finalStatus;
        answeredByDesk = byDesk;
        answeredNanos = now;
    }

    /** The INVITE's final response is a failure, 0 for none. */
    void failed(int finalStatus, EndedBy by, long now) {
        status = finalStatus;
        ended(by, now);
    }

    void ended(EndedBy by, long now) {
        endedBy = by;
        endedNanos = now;
    }

    /** Keeps the Call-ID of {@code invite}; for listeners that need more than its hash. */
    public void keepCallId(SipMessage invite) {
        if (callId.isEmpty()) {
            callId = invite.text(HeaderId.CALL_ID);
        }
    }

    /** The Call-ID, empty unless {@link #keepCallId} was called. */
    public String callId() {
        return callId;
    }

    /** The trunk it came on. */
    public Trunk trunk() {
        return trunk;
    }

    /** Who sent the INVITE. */
    public InetSocketAddress source() {
        return source;
    }

    /** Stands for the Call-ID within the life of this process. */
    public long callHash() {
        return callHash;
    }

    /** When the INVITE came, milliseconds since 1970-01-01T00:00Z. */
    public long arrivedMillis() {
        return arrivedMillis;
    }

    /** When the INVITE came. */
    public long arrivedNanos() {
        return arrivedNanos;
    }

    /** When the verdict was there. */
    public long judgedNanos() {
        return judgedNanos;
    }

    /** When the first provisional response above 100 came. */
    public long ringingNanos() {
        return ringingNanos;
    }

    /** When the first 2xx came. */
    public long answeredNanos() {
        return answeredNanos;
    }

    /** When it was over: the BYE of an answered call, the final response of any other. */
    public long endedNanos() {
        return endedNanos;
    }

    /** When the last thing happened to it that is told of it. */
    long latestNanos() {
        return hasEnded() ? endedNanos : isAnswered() ? answeredNanos : arrivedNanos;
    }

    public boolean isAnswered() {
        return answeredNanos != NEVER;
    }

    public boolean hasEnded() {
        return endedNanos != NEVER;
    }

    /** Time between answer and end, nanoseconds; 0 for a call that was not answered, or whose end nobody saw. */
    public long talkNanos() {
        return isAnswered() && hasEnded() && endedBy != EndedBy.NOBODY_KNOWS ? endedNanos - answeredNanos : 0;
    }

    /** The decision, null before it was made. */
    public @Nullable Decision decision() {
        return decision;
    }

    /** What was carried out: the decision's verdict, or pass where that could not be; null before the decision. */
    public @Nullable Verdict verdict() {
        return verdict;
    }

    /** Id of the decision record, empty if the call has none. */
    public String recordId() {
        return recordId;
    }

    /** Network number, as in {@link PartyNumber}. */
    public long asserted() {
        return asserted;
    }

    /** Presentation number, as in {@link PartyNumber}. */
    public long presented() {
        return presented;
    }

    /** The called number, as in {@link PartyNumber}. */
    public long callee() {
        return callee;
    }

    /** Final response to the INVITE that went upstream, 0 for none. */
    public int status() {
        return status;
    }

    /** Whether the desk answered, so that the answer is none of the callee's. */
    public boolean isAnsweredByDesk() {
        return answeredByDesk;
    }

    public EndedBy endedBy() {
        return endedBy;
    }
}
