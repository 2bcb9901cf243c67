package org.anticall.rules.call;

/**
 * What the home network says of a home mobile number: at home, roaming, or not known.
 *
 * @param state what is known
 * @param country ISO 3166-1 alpha-2 code of the visited country, empty unless roaming and known
 * @param mode how the visited network hands the subscriber's calls on
 */
public record RoamingAnswer(State state, String country, Mode mode) {

    /** What is known. {@code UNKNOWN} and {@code TIMEOUT} are never taken for {@code HOME}. */
    public enum State {
        /** Nobody asked yet. */
        NOT_ASKED,
        HOME,
        ROAMING,
        /** The home network has no such subscriber. */
        UNALLOCATED,
        /** The home network could not tell. */
        UNKNOWN,
        /** No answer within the time the call may wait. */
        TIMEOUT
    }

    /** How calls of a subscriber who roams reach the home country. */
    public enum Mode {
        /** Not known, or the subscriber does not roam. */
        UNKNOWN,
        /** The visited network sends them as calls from abroad. */
        LOCAL,
        /** S8 home routing: they begin in the home network and never come in from abroad (GSMA IR.65). */
        S8HR
    }

    public static final RoamingAnswer NOT_ASKED = new RoamingAnswer(State.NOT_ASKED, "");
    public static final RoamingAnswer HOME = new RoamingAnswer(State.HOME, "");
    public static final RoamingAnswer UNALLOCATED = new RoamingAnswer(State.UNALLOCATED, "");
    public static final RoamingAnswer UNKNOWN = new RoamingAnswer(State.UNKNOWN, "");
    public static final RoamingAnswer TIMEOUT = new RoamingAnswer(State.TIMEOUT, "");

    /** An answer that does not tell the mode. */
    public RoamingAnswer(State state, String country) {
        this(state, country, Mode.UNKNOWN);
    }

    /** Roaming in {@code country} (ISO 3166-1 alpha-2), or somewhere if that is empty. */
    public static RoamingAnswer roaming(String country) {
        return new RoamingAnswer(State.ROAMING, country);
    }
}
