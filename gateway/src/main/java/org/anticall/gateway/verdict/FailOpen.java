package org.anticall.gateway.verdict;

/** Why a call passed although it was not properly judged. Each has a counter and rings the alarm. */
public enum FailOpen implements AlarmReason {
    /** The facts could not be read from the INVITE. */
    FACTS("the facts could not be read"),
    /** The counters of callers' behaviour threw something; the call is judged without them. */
    BEHAVIOUR("the counters of behaviour failed"),
    /** The rule engine threw something. */
    ENGINE("the rule engine failed"),
    /** The verdict came later than a call may wait. */
    LATE("the verdict came too late"),
    /** The roaming oracle threw something. */
    ORACLE("the roaming oracle failed"),
    /** The rules kept asking. */
    ENDLESS("the rules asked for roaming answers without end"),
    /** The decision record was not accepted: no record, no interception. */
    RECORD("the decision record was not accepted"),
    /** What the verdict asks for could not be written into the message. */
    WIRE("the verdict could not be carried out");

    private final String text;

    FailOpen(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }
}
