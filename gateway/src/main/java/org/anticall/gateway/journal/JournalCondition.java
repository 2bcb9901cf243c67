package org.anticall.gateway.journal;

/**
 * How the journal is.
 *
 * @param accepting whether records are accepted; while they are not, no call is intercepted
 * @param reason what is the matter and what to do, empty while all is well
 */
public record JournalCondition(boolean accepting, String reason) {

    static final JournalCondition WELL = new JournalCondition(true, "");

    public boolean isWell() {
        return reason.isEmpty();
    }
}
