package org.anticall.ops.simulate;

import java.util.Objects;
import java.util.regex.Pattern;
import org.anticall.ops.sip.agent.ArrivedCall;
import org.anticall.ops.sip.agent.CallOffer;
import org.anticall.ops.sip.agent.Manner;
import org.anticall.rules.call.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * What the ends of one call saw of it: caller, callee and operators' phones. The verdict is read from these sightings
 * alone. Thread-safe.
 */
final class CallTrace {

    /** What an operator's phone calls its sessions, see {@link #answered}. */
    static final String SEAT_SESSION = "seat-";

    private static final Pattern VERSTAT = Pattern.compile(";verstat=[A-Za-z-]+");
    private static final int DECLINED = 603;
    private static final int TERMINATED = 487;
    private static final int FORWARDING_NOTICE = 181;

    private final PlannedCall plan;
    private @Nullable ArrivedCall arrived;
    private boolean rangAtDesk;
    private boolean released;
    private boolean leaked;
    private @Nullable String answeredSession;
    private int finalStatus;
    private boolean ended;

    CallTrace(PlannedCall plan) {
        this.plan = plan;
    }

    PlannedCall plan() {
        return plan;
    }

    /** The INVITE is at the callee. */
    synchronized void arrived(ArrivedCall call) {
        arrived = call;
    }

    /** The INVITE is at an operator's phone. */
    synchronized void rangAtDesk() {
        rangAtDesk = true;
    }

    /** An operator's phone declines so that the callee gets the call. */
    synchronized void released() {
        released = true;
    }

    synchronized void progress(int status) {
        leaked |= status == FORWARDING_NOTICE;
    }

    /** The caller hears somebody; {@code session} tells who. */
    synchronized void answered(String session) {
        answeredSession = session;
    }

    synchronized void declined(int status) {
        finalStatus = status;
        ended = true;
    }

    synchronized void ended() {
        ended = true;
    }

    /** What became of the call so far; {@link Outcome#LOST} while that is open. */
    synchronized Outcome outcome() {
        if (!ended) {
            return Outcome.LOST;
        }
        if (answeredSession != null && (answeredSession.startsWith(SEAT_SESSION) || arrived == null)) {
            return Outcome.ANSWERED; // no citizen had it: a visitor at the console or at a phone of their own took it
        }
        if (arrived == null) {
            return finalStatus == DECLINED ? Outcome.REJECTED : Outcome.LOST;
        }
        return endedAsMeant() ? delivery(arrived) : Outcome.LOST;
    }

    /** Whether the desk had the call, whatever became of it then. */
    synchronized boolean wasAtDesk() {
        return rangAtDesk || outcome().fits(Verdict.Kind.DIVERT);
    }

    /** Whether {@code outcome()} is what the call's recipe demands. */
    synchronized boolean isRight() {
        return !leaked && outcome().fits(plan.recipe().expected());
    }

    /** For people: what was planned and what was seen. */
    synchronized String describe() {
        return "call " + plan.index() + " (" + plan.recipe() + ", "
                + plan.offer().presented() + " to "
                + plan.offer().callee() + ", Call-ID " + plan.offer().callId() + "): expected "
                + plan.recipe().expected().text() + ", saw " + outcome().text() + " (final status " + finalStatus
                + ", answered by " + answeredSession + ", at the desk " + rangAtDesk + ", released " + released
                + ", forwarding notice " + leaked + ", at the callee " + arrived + ")";
    }

    private boolean endedAsMeant() {
        if (plan.callee() instanceof Manner.Answers) {
            return answeredSession != null;
        }
        return plan.callee() instanceof Manner.Refuses refuses
                ? finalStatus == refuses.status()
                : finalStatus == TERMINATED;
    }

    private Outcome delivery(ArrivedCall seen) {
        CallOffer sent = plan.offer();
        boolean desk = rangAtDesk || plan.recipe().expected() == Verdict.Kind.DIVERT;
        boolean sameBehind = seen.callee().equals(sent.callee())
                && Objects.equals(withoutVerstat(seen.asserted()), sent.asserted())
                && seen.headers().stream().noneMatch(CallTrace::isInternal);
        boolean sameNumber =
                sent.presented().equals(withoutVerstat(seen.presented())) && seen.privacy() == sent.privacy();
        boolean sameName = seen.displayName().equals(sent.displayName());
        if (sameBehind && sameNumber && sameName) {
            return released ? Outcome.RELEASED : Outcome.PASSED;
        }
        if (sameBehind && sameNumber) {
            return desk ? Outcome.LADDERED : Outcome.LABELLED;
        }
        if (sameBehind && !sameNumber && seen.privacy() && seen.presented().contains("anonymous@")) {
            return Outcome.WITHHELD;
        }
        return Outcome.ALTERED;
    }

    /** A mark may come with the parameter that says how the number was verified (3GPP TS 24.229 §7.2A.20). */
    private static @Nullable String withoutVerstat(@Nullable String uri) {
        return uri == null ? null : VERSTAT.matcher(uri).replaceAll("");
    }

    private static boolean isInternal(String header) {
        return header.regionMatches(true, 0, "X-Anticall-", 0, "X-Anticall-".length());
    }
}
