package org.anticall.rules.call;

/**
 * How a call that was observed went on. Reported once for each observed call, also for rejected and abandoned ones.
 *
 * @param caller the observed call's {@link CallFacts#caller()}
 * @param callee the observed call's callee
 * @param beganEpochMillis the observed call's {@link CallFacts#atEpochMillis()}
 * @param answeredEpochMillis when it was answered, 0 if it was not
 * @param endedEpochMillis when it ended
 * @param by who ended it
 */
public record CallEnd(
        long caller, long callee, long beganEpochMillis, long answeredEpochMillis, long endedEpochMillis, Party by) {

    /** Who ended a call. */
    public enum Party {
        /** CANCEL before, BYE after the answer. */
        CALLER,
        /** A final response other than 2xx, or BYE. */
        CALLEE,
        /** The network: a reject, a time-out, a failure. */
        NETWORK
    }

    /** The end of the call of {@code facts}. */
    public static CallEnd of(CallFacts facts, long answeredEpochMillis, long endedEpochMillis, Party by) {
        return new CallEnd(
                facts.caller(), facts.callee(), facts.atEpochMillis(), answeredEpochMillis, endedEpochMillis, by);
    }

    public boolean isAnswered() {
        return answeredEpochMillis > 0;
    }

    /** How long it rang, milliseconds, not negative. */
    public long ringMillis() {
        return Math.max(0, (isAnswered() ? answeredEpochMillis : endedEpochMillis) - beganEpochMillis);
    }

    /** How long the parties talked, milliseconds, not negative; 0 if it was not answered. */
    public long talkMillis() {
        return isAnswered() ? Math.max(0, endedEpochMillis - answeredEpochMillis) : 0;
    }
}
