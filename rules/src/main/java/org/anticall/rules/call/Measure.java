package org.anticall.rules.call;

import java.util.Locale;

/** Something that is counted over many calls and that a rule may hold a limit against. The call itself is counted in. */
public enum Measure {
    /** Calls of this caller. */
    ATTEMPTS(Subject.CALLER, Limit.COUNT, Window.SLIDING, "calls of the caller"),
    /** Calls of this caller to this callee. */
    ATTEMPTS_TO_CALLEE(Subject.CALLER, Limit.COUNT, Window.SLIDING, "calls of the caller to this callee"),
    /** Different callees of this caller. */
    DISTINCT_CALLEES(Subject.CALLER, Limit.COUNT, Window.SLIDING, "different callees of the caller"),
    /** Calls of this caller that have not ended, as far as the gateway knows. */
    CONCURRENT_CALLS(Subject.CALLER, Limit.COUNT, Window.NONE, "calls of the caller at the same time"),
    /** Longest run of the caller's last 20 calls in which each callee is at most 5 numbers from the one before. */
    SEQUENTIAL_CALLEES(Subject.CALLER, Limit.COUNT, Window.NONE, "calls of the caller to numbers in a row"),
    /** Share of the caller's answered calls that lasted under 6 s, percent. */
    SHORT_CALL_SHARE(Subject.CALLER, Limit.PERCENT, Window.SLIDING, "percent of the caller's answered calls under 6 s"),
    /** Share of the caller's ended calls that were answered, percent. */
    ANSWER_RATIO(Subject.CALLER, Limit.PERCENT, Window.SLIDING, "percent of the caller's calls that were answered"),
    /** Mean duration of the caller's answered calls, seconds. */
    MEAN_TALK_SECONDS(
            Subject.CALLER, Limit.FREE, Window.SLIDING, "seconds that the caller's answered calls lasted on average"),
    /** Share of the caller's ended calls that were not answered or lasted under 6 s, percent. */
    FUTILE_CALL_SHARE(
            Subject.CALLER, Limit.PERCENT, Window.SLIDING, "percent of the caller's calls unanswered or under 6 s"),
    /** The caller's answered calls of 10 minutes and more. */
    LONG_CALLS(Subject.CALLER, Limit.COUNT, Window.SLIDING, "calls of the caller of 10 minutes and more"),
    /** Different callees whom this caller rang for at most 8 s and hung up on before an answer. */
    ONE_RING_CALLEES(Subject.CALLER, Limit.COUNT, Window.SLIDING, "callees the caller let ring once"),
    /** Different foreign callers of this callee. */
    CALLERS_OF_CALLEE(Subject.CALLEE, Limit.COUNT, Window.SLIDING, "different foreign callers of this callee"),
    /** Country codes of the foreign callers of this callee. */
    COUNTRIES_OF_CALLEE(Subject.CALLEE, Limit.COUNT, Window.SLIDING, "countries that callers of this callee are from"),
    /** Different callers in the caller's block of 100 numbers on this trunk. */
    CALLERS_OF_BLOCK(
            Subject.BLOCK, Limit.COUNT, Window.SLIDING, "different callers in the caller's block of 100 numbers"),
    /** Most calls of one caller in the caller's block of 100 numbers on this trunk. */
    CALLS_PER_CALLER_OF_BLOCK(
            Subject.BLOCK,
            Limit.COUNT,
            Window.SLIDING,
            "calls of the busiest caller in the caller's block of 100 numbers"),
    /** Calls to this callee from the caller's block of 1,000 numbers that were rejected. */
    REJECTED_ATTEMPTS(
            Subject.REJECTS,
            Limit.COUNT,
            Window.SLIDING,
            "rejected calls to this callee from the caller's block of 1,000 numbers"),
    /** Messages of the state to this callee, of those that the carrier tells of: codes to sign in or to sign with. */
    STATE_MESSAGES(Subject.MESSAGES, Limit.COUNT, Window.SLIDING, "messages of the state to this callee"),
    /** 1 if the two numbers had nothing to do with each other in the last 90 days, else 0. */
    STRANGERS(Subject.PAIR, Limit.COUNT, Window.NONE, "1 if caller and callee had no call in the last 90 days"),
    /** Different callers whose calls look like this one. */
    CALLERS_OF_FINGERPRINT(
            Subject.FINGERPRINT, Limit.COUNT, Window.SLIDING, "different callers with this call's fingerprint"),
    /** Share of the judged calls with this call's fingerprint that operators found fraudulent, percent. */
    FRAUD_SHARE_OF_FINGERPRINT(
            Subject.REPUTATION,
            Limit.PERCENT,
            Window.NONE,
            "percent of the calls with this fingerprint that operators found fraudulent"),
    /** Calls from the caller's country on this trunk in the last hour. */
    ORIGIN_CALLS(
            Subject.ORIGIN, Limit.FREE, Window.NONE, "calls from the caller's country on this trunk in the last hour"),
    /** Share of the caller's country in this trunk's calls of the 30 days before today, in a thousand. */
    ORIGIN_SHARE(
            Subject.ORIGIN,
            Limit.FREE,
            Window.NONE,
            "calls in a thousand on this trunk that were from the caller's country in the last 30 days"),
    /** How far the calls of {@link #ORIGIN_CALLS} exceed what is usual at this hour, in tenths of standard deviations. */
    ORIGIN_BURST(
            Subject.ORIGIN,
            Limit.FREE,
            Window.NONE,
            "tenths of standard deviations above the usual calls of this country, trunk and hour"),
    /** Share of this trunk's calls of the last hour that were rejected, percent. */
    TRUNK_REJECT_SHARE(
            Subject.TRUNK,
            Limit.PERCENT,
            Window.NONE,
            "percent of this trunk's calls of the last hour that were rejected");

    /** Whether a rule says over which time to count. */
    public enum Window {
        /** The rule names a time; one-second grain. */
        SLIDING,
        /** The measure has its own. */
        NONE
    }

    /** Whose calls are counted. */
    public enum Subject {
        CALLER,
        CALLEE,
        /** The caller's block of 100 numbers on this trunk. */
        BLOCK,
        /** Rejected calls from the caller's block of 1,000 numbers to this callee. */
        REJECTS,
        /** Messages of the state to this callee. */
        MESSAGES,
        /** Caller and callee. */
        PAIR,
        FINGERPRINT,
        /** What operators found out about calls of a fingerprint. */
        REPUTATION,
        /** The caller's country on this trunk. */
        ORIGIN,
        TRUNK
    }

    /** What a rule may hold against the measure. */
    public enum Limit {
        /** A count, of which no more than {@link Gauge#MAX_COUNT} are remembered. */
        COUNT(Gauge.MAX_COUNT),
        PERCENT(100),
        FREE(1_000_000);

        private final int largest;

        Limit(int largest) {
            this.largest = largest;
        }

        /** Largest value that makes sense. */
        public int largest() {
            return largest;
        }
    }

    private final Subject subject;
    private final Limit limit;
    private final Window window;
    private final String description;
    private final String text = name().toLowerCase(Locale.ROOT).replace('_', '-');

    Measure(Subject subject, Limit limit, Window window, String description) {
        this.subject = subject;
        this.limit = limit;
        this.window = window;
        this.description = description;
    }

    public Subject subject() {
        return subject;
    }

    public Limit limit() {
        return limit;
    }

    public Window window() {
        return window;
    }

    /** Name in rule files and records: {@code distinct-callees}. */
    public String text() {
        return text;
    }

    /** For people, after a number: "different callees of the caller". */
    public String description() {
        return description;
    }
}
