package org.anticall.ops.order;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What is to become of the calls. */
public enum OrderAction {
    /** They reach their callee, whatever else is known. */
    PASS(false),
    /** They reach their callee with a label. */
    LABEL(false),
    /** They reach their callee without their number. */
    WITHHOLD(true),
    /** An operator answers; unanswered calls reach their callee with a label. */
    DIVERT(true),
    /** They do not come about. */
    REJECT(true);

    private final boolean interception;

    OrderAction(boolean interception) {
        this.interception = interception;
    }

    /** Whether the citizen does not get the call as it came, which takes a signed document. */
    public boolean isInterception() {
        return interception;
    }

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<OrderAction> of(String text) {
        return Stream.of(values()).filter(each -> each.text().equals(text)).findFirst();
    }
}
