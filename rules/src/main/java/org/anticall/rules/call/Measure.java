package org.anticall.rules.call;

import java.util.Locale;

/** Something that is counted over many calls and that a rule may hold a limit against. The call itself is counted in. */
public enum Measure {
    /** Calls of this caller. */
    ATTEMPTS("calls of the caller", Window.SLIDING),
    /** Calls of this caller to this callee. */
    ATTEMPTS_TO_CALLEE("calls of the caller to this callee", Window.SLIDING),
    /** Different callees of this caller. */
    DISTINCT_CALLEES("different callees of the caller", Window.SLIDING),
    /** Calls of this caller that have not ended, as far as the gateway knows. */
    CONCURRENT_CALLS("calls of the caller at the same time", Window.NONE),
    /** Longest run of the caller's last 20 calls in which each callee is at most 5 numbers from the one before. */
    SEQUENTIAL_CALLEES("calls of the caller to numbers in a row", Window.NONE),
    /** Share of the caller's answered calls that lasted under 6 s, percent. */
    SHORT_CALL_SHARE("percent of the caller's answered calls under 6 s", Window.SLIDING),
    /** Share of the caller's ended calls that were answered, percent. */
    ANSWER_RATIO("percent of the caller's calls that were answered", Window.SLIDING),
    /** Mean duration of the caller's answered calls, seconds. */
    MEAN_TALK_SECONDS("seconds that the caller's answered calls lasted on average", Window.SLIDING),
    /** Share of the caller's ended calls that were not answered or lasted under 6 s, percent. */
    FUTILE_CALL_SHARE("percent of the caller's calls unanswered or under 6 s", Window.SLIDING),
    /** The caller's answered calls of 10 minutes and more. */
    LONG_CALLS("calls of the caller of 10 minutes and more", Window.SLIDING),
    /** Different callees whom this caller rang for at most 8 s and hung up on before an answer. */
    ONE_RING_CALLEES("callees the caller let ring once", Window.SLIDING),
    /** Different foreign callers of this callee. */
    CALLERS_OF_CALLEE("different foreign callers of this callee", Window.SLIDING),
    /** Country codes of the foreign callers of this callee. */
    COUNTRIES_OF_CALLEE("countries that callers of this callee are from", Window.SLIDING),
    /** Different callers in the caller's block of 100 numbers on this trunk. */
    CALLERS_OF_BLOCK("different callers in the caller's block of 100 numbers", Window.SLIDING),
    /** Most calls of one caller in the caller's block of 100 numbers on this trunk. */
    CALLS_PER_CALLER_OF_BLOCK("calls of the busiest caller in the caller's block of 100 numbers", Window.SLIDING),
    /** Calls to this callee from the caller's block of 1,000 numbers that were rejected. */
    REJECTED_ATTEMPTS("rejected calls to this callee from the caller's block of 1,000 numbers", Window.SLIDING),
    /** 1 if the two numbers had nothing to do with each other in the last 90 days, else 0. */
    STRANGERS("1 if caller and callee had no call in the last 90 days", Window.NONE),
    /** Different callers whose calls look like this one. */
    CALLERS_OF_FINGERPRINT("different callers with this call's fingerprint", Window.SLIDING),
    /** Share of the judged calls with this call's fingerprint that operators found fraudulent, percent. */
    FRAUD_SHARE_OF_FINGERPRINT(
            "percent of the calls with this fingerprint that operators found fraudulent", Window.NONE),
    /** Calls from the caller's country on this trunk in the last hour. */
    ORIGIN_CALLS("calls from the caller's country on this trunk in the last hour", Window.NONE),
    /** Share of the caller's country in this trunk's calls of the 30 days before today, in a thousand. */
    ORIGIN_SHARE(
            "calls in a thousand on this trunk that were from the caller's country in the last 30 days", Window.NONE),
    /** How far the calls of {@link #ORIGIN_CALLS} exceed what is usual at this hour, in tenths of standard deviations. */
    ORIGIN_BURST("tenths of standard deviations above the usual calls of this country, trunk and hour", Window.NONE),
    /** Share of this trunk's calls of the last hour that were rejected, percent. */
    TRUNK_REJECT_SHARE("percent of this trunk's calls of the last hour that were rejected", Window.NONE);

    /** Whether a rule says over which time to count. */
    public enum Window {
        /** The rule names a time; one-second grain. */
        SLIDING,
        /** The measure has its own. */
        NONE
    }

    private final String description;
    private final Window window;
    private final String text = name().toLowerCase(Locale.ROOT).replace('_', '-');

    Measure(String description, Window window) {
        this.description = description;
        this.window = window;
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
