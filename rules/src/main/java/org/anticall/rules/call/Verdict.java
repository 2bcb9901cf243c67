package org.anticall.rules.call;

import java.time.Duration;
import java.util.List;

/** What happens to a call. */
public sealed interface Verdict {

    /** The five outcomes, as they are named on the wire to ops, in metrics and in the console. */
    enum Kind {
        PASS,
        LABEL,
        WITHHOLD,
        DIVERT,
        REJECT;

        /** Whether the citizen does not get this call as it came: needs a record first. */
        public boolean isInterception() {
            return this == DIVERT || this == REJECT || this == WITHHOLD;
        }

        public String text() {
            return switch (this) {
                case PASS -> "pass";
                case LABEL -> "label";
                case WITHHOLD -> "withhold";
                case DIVERT -> "divert";
                case REJECT -> "reject";
            };
        }
    }

    Kind kind();

    /** The call goes on unchanged. */
    record Pass() implements Verdict {
        @Override
        public Kind kind() {
            return Kind.PASS;
        }
    }

    /**
     * The call goes on with a mark for the callee.
     *
     * @param label text before the display name, at most 15 characters (3GPP TS 23.096 CNAP)
     */
    record Label(String label) implements Verdict {
        @Override
        public Kind kind() {
            return Kind.LABEL;
        }
    }

    /**
     * The call goes on, its number is not shown to the callee; P-Asserted-Identity stays for the network (RFC 3325).
     *
     * @param label mark for the callee, empty for none
     */
    record Withhold(String label) implements Verdict {
        @Override
        public Kind kind() {
            return Kind.WITHHOLD;
        }
    }

    /**
     * The call goes to the desk.
     *
     * @param answerWithin how long the desk may take to answer before the ladder goes on, 1 s to 120 s
     * @param ladder what follows, in order, when the desk does not take the call; not empty
     * @param label mark for the callee where the ladder passes the call on
     */
    record Divert(Duration answerWithin, List<LadderStep> ladder, String label) implements Verdict {
        public Divert {
            ladder = List.copyOf(ladder);
        }

        @Override
        public Kind kind() {
            return Kind.DIVERT;
        }
    }

    /**
     * The call is declined.
     *
     * @param status SIP final status, 603 unless the rule says otherwise
     */
    record Reject(int status) implements Verdict {
        @Override
        public Kind kind() {
            return Kind.REJECT;
        }
    }

    /** What follows when the desk does not take a diverted call. */
    enum LadderStep {
        /** On to the callee, unchanged. */
        PASS,
        /** On to the callee with the label. */
        PASS_WITH_LABEL,
        /** Declined. */
        REJECT,
        /** To another desk, if there is one that takes it. */
        NEXT_DESK,
        /** The desk before this step lets the caller hear a recorded text before it gives the call up. */
        ANNOUNCEMENT
    }
}
