package org.anticall.gateway.verdict;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Decision;
import org.anticall.rules.call.RoamingAnswer;
import org.anticall.rules.call.RoamingQuery;
import org.anticall.rules.call.Screening;
import org.jspecify.annotations.Nullable;

/**
 * The gate every verdict comes through, and the one place that says what happens when screening fails: the call passes,
 * with a reason, a counter and an alarm. Whatever is thrown behind it is caught here, Errors too; whatever comes late
 * counts as not said. Owned by one event loop.
 */
public final class VerdictGate {

    private static final int MOST_QUESTIONS = 2;
    private static final Decision OUTBOUND =
            Decision.unjudged(Decision.Basis.NO_RULE, "Calls that leave the home network are not judged.", 0, "");
    private static final Decision EMERGENCY =
            Decision.unjudged(Decision.Basis.NO_RULE, "Calls for help in an emergency are not judged.", 0, "");

    private final Judge judge;
    private final RoamingOracle oracle;
    private final Executor loop;
    private final LongSupplier nanos;
    private final long oracleNanos;
    private final long budgetNanos;
    private final VerdictCounters counters;
    private final Alarm<FailOpen> alarm;

    /**
     * @param loop runs tasks on the event loop that owns the gate
     * @param nanos the loop's clock
     * @param oracleLimit longest time a call waits for one roaming answer
     * @param budget longest time from the arrival of a call to its verdict
     */
    public VerdictGate(
            Judge judge,
            RoamingOracle oracle,
            Executor loop,
            LongSupplier nanos,
            Duration oracleLimit,
            Duration budget,
            VerdictCounters counters,
            Alarm<FailOpen> alarm) {
        this.judge = judge;
        this.oracle = oracle;
        this.loop = loop;
        this.nanos = nanos;
        this.oracleNanos = oracleLimit.toNanos();
        this.budgetNanos = budget.toNanos();
        this.counters = counters;
        this.alarm = alarm;
    }

    /** Judges a call; {@link Screen.Judged#decided} is called before this returns, or later on the loop. */
    @SuppressWarnings("ReferenceEquality") // the very same facts mean that nothing was counted
    public void begin(Screen screen, CallFacts facts) {
        long started = nanos.getAsLong();
        try {
            screen.facts = judge.observe(facts);
            screen.observed = screen.facts != facts;
        } catch (Throwable thrown) {
            screen.facts = facts;
            counters.failedOpen(FailOpen.BEHAVIOUR);
            alarm.ring(FailOpen.BEHAVIOUR, thrown);
        }
        screen.countNanos = nanos.getAsLong() - started;
        proceed(screen);
    }

    /** A call that leaves the home network: it passes, and no rule is asked. */
    public void passOutbound(Screen screen, CallFacts facts) {
        screen.facts = facts;
        finish(screen, OUTBOUND);
    }

    /** A call for help that names no number: it passes, and no rule is asked. */
    public void passEmergency(Screen screen, CallFacts facts) {
        screen.facts = facts;
        finish(screen, EMERGENCY);
    }

    /** The facts of a call cannot be read: it passes. */
    public void factless(Screen screen, Throwable cause) {
        finish(screen, failOpen(FailOpen.FACTS, cause));
    }

    /** When {@link #overdue} has to be called for a waiting call, on the loop's clock. */
    public long deadlineNanos(Screen screen) {
        return Math.min(screen.askedNanos + oracleNanos, screen.arrivedNanos + budgetNanos);
    }

    /** A waiting call has waited long enough: it goes on with a TIMEOUT answer, or passes if the budget is used up. */
    public void overdue(Screen screen) {
        if (screen.waitingFor == null) {
            return;
        }
        if (isLate(screen)) {
            screen.waitingFor = null;
            finish(screen, failOpen(FailOpen.LATE, null));
        } else {
            take(screen, RoamingAnswer.TIMEOUT);
            proceed(screen);
        }
    }

    private void proceed(Screen screen) {
        while (true) {
            Screening screening = decide(screen);
            if (screening instanceof Decision decision) {
                finish(screen, decision);
                return;
            }
            RoamingQuery query = (RoamingQuery) screening;
            if (screen.asked == MOST_QUESTIONS) {
                finish(screen, failOpen(FailOpen.ENDLESS, null));
                return;
            }
            RoamingAnswer answer;
            try {
                answer = ask(screen, query);
            } catch (Throwable thrown) {
                screen.waitingFor = null;
                finish(screen, failOpen(FailOpen.ORACLE, thrown));
                return;
            }
            if (answer == null) {
                return;
            }
            take(screen, answer);
        }
    }

    private Screening decide(Screen screen) {
        CallFacts facts = screen.facts;
        if (facts == null) {
            return failOpen(FailOpen.FACTS, null);
        }
        long started = nanos.getAsLong();
        Screening screening;
        try {
            screening = judge.decide(facts);
        } catch (Throwable thrown) {
            screening = failOpen(FailOpen.ENGINE, thrown);
        }
        screen.spentNanos += nanos.getAsLong() - started;
        return isLate(screen) && !(screening instanceof Decision decision && isFailOpen(decision))
                ? failOpen(FailOpen.LATE, null)
                : screening;
    }

    private @Nullable RoamingAnswer ask(Screen screen, RoamingQuery query) {
        int question = ++screen.asked;
        screen.waitingFor = query;
        screen.askedNanos = nanos.getAsLong();
        screen.answer = null;
        screen.asking = true;
        Thread loopThread = Thread.currentThread();
        try {
            oracle.query(query.e164(), answer -> {
                if (Thread.currentThread() == loopThread) {
                    answered(screen, question, answer);
                } else {
                    loop.execute(() -> answered(screen, question, answer));
                }
            });
        } finally {
            screen.asking = false;
        }
        return screen.answer;
    }

    private void answered(Screen screen, int question, RoamingAnswer answer) {
        if (screen.waitingFor == null || screen.asked != question) {
            counters.lateAnswers.increment();
        } else if (screen.asking) {
            screen.answer = answer;
        } else {
            take(screen, answer);
            proceed(screen);
        }
    }

    private void take(Screen screen, RoamingAnswer answer) {
        RoamingQuery query = screen.waitingFor;
        CallFacts facts = screen.facts;
        if (query != null && facts != null) {
            screen.facts = query.answer(facts, answer);
        }
        screen.waitingFor = null;
        screen.waitedNanos += nanos.getAsLong() - screen.askedNanos;
        counters.answered(answer);
    }

    private boolean isLate(Screen screen) {
        return nanos.getAsLong() - screen.arrivedNanos > budgetNanos;
    }

    private static boolean isFailOpen(Decision decision) {
        return decision.basis() == Decision.Basis.FAIL_OPEN;
    }

    private void finish(Screen screen, Decision decision) {
        counters.decided(decision, screen);
        if (screen.observed) {
            tell(screen, decision);
        }
        screen.judged.decided(decision);
    }

    private void tell(Screen screen, Decision decision) {
        CallFacts facts = screen.facts;
        if (facts == null) {
            return;
        }
        try {
            judge.decided(facts, decision.verdict().kind());
        } catch (Throwable thrown) {
            counters.failedOpen(FailOpen.BEHAVIOUR);
            alarm.ring(FailOpen.BEHAVIOUR, thrown);
        }
    }

    /** The call passes for {@code reason}; counted and told. */
    public Decision failOpen(FailOpen reason, @Nullable Throwable cause) {
        counters.failedOpen(reason);
        alarm.ring(reason, cause);
        return Decision.unjudged(Decision.Basis.FAIL_OPEN, reason.text(), 0, "");
    }
}
