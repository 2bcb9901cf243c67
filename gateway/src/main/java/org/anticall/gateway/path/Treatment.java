package org.anticall.gateway.path;

/**
 * How a leg's INVITE differs from the one that came.
 *
 * @param kind what is done
 * @param label mark for the callee, empty for none
 * @param recordId id of the decision record, empty if the call has none; goes to the desk only
 * @param rule id of the rule that decided, empty if none; goes to the desk only
 * @param announces whether the desk is to tell the caller before it gives the call up
 */
record Treatment(Kind kind, String label, String recordId, String rule, boolean announces) {

    /** What is done with the INVITE. */
    enum Kind {
        /** Nothing but what every proxy does. */
        PLAIN,
        /** A mark stands before the caller's name. */
        LABEL,
        /** The caller's number is not shown to the callee. */
        WITHHOLD,
        /** It goes to the desk instead of the callee. */
        DESK,
        /** The desk itself placed it: the callee does not see from where. */
        PLACED
    }

    static final Treatment PLAIN = new Treatment(Kind.PLAIN, "");

    static final Treatment PLACED = new Treatment(Kind.PLACED, "");

    /** One that the desk sees nothing of. */
    Treatment(Kind kind, String label) {
        this(kind, label, "", "", false);
    }

    static Treatment desk(String recordId, String rule) {
        return new Treatment(Kind.DESK, "", recordId, rule, false);
    }

    /** The same, for a desk behind which the ladder has an announcement or not. */
    Treatment announcing(boolean on) {
        return on == announces ? this : new Treatment(kind, label, recordId, rule, on);
    }

    static Treatment label(String label) {
        return label.isEmpty() ? PLAIN : new Treatment(Kind.LABEL, label);
    }

    /** What requests in the dialog need to know of it. */
    RouteToken.Use use() {
        return switch (kind) {
            case PLAIN -> RouteToken.Use.PLAIN;
            case LABEL, WITHHOLD -> RouteToken.Use.MARKED;
            case DESK, PLACED -> RouteToken.Use.DIVERTED;
        };
    }

    /** Whether the callee sees another From than the caller wrote. */
    boolean changesFrom() {
        return kind == Kind.LABEL || kind == Kind.WITHHOLD;
    }
}
