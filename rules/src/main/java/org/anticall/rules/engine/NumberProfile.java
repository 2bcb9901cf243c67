package org.anticall.rules.engine;

/**
 * What a rule set knows of a number whatever the call: its class and which lists it is in. Holds for a time, because
 * entries end.
 *
 * @param rangeClass ordinal of its {@link org.anticall.rules.number.RangeClass}
 * @param hits a bit for each of the set's {@link ProfiledLists}
 * @param sinceEpochMillis when it was worked out
 * @param untilEpochMillis first moment at which one of the answers may be another
 */
record NumberProfile(int rangeClass, int hits, long sinceEpochMillis, long untilEpochMillis) {

    /** Of no number. */
    static final NumberProfile NONE = new NumberProfile(0, 0, Long.MIN_VALUE, Long.MAX_VALUE);

    boolean holdsAt(long epochMillis) {
        return epochMillis >= sinceEpochMillis && epochMillis < untilEpochMillis;
    }
}
