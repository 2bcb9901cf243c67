package org.anticall.rules.call;

/**
 * What the home network says of a home mobile number: at home, roaming, or not known.
 *
 * @param state what is known
 * @param country ISO 3166-1 alpha-2 code of the visited country, empty unless roaming and known
 */
public record RoamingAnswer(State state, String country) {

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

    public static final RoamingAnswer NOT_ASKED = new RoamingAnswer(State.NOT_ASKED, "");
    public static final RoamingAnswer HOME = new RoamingAnswer(State.HOME, "");
    public static final RoamingAnswer UNALLOCATED = new RoamingAnswer(State.UNALLOCATED, "");
    public static final RoamingAnswer UNKNOWN = new RoamingAnswer(State.UNKNOWN, "");
    public static final RoamingAnswer TIMEOUT = new RoamingAnswer(State.TIMEOUT, "");

    /** Roaming in {@code country} (ISO 3166-1 alpha-2), or somewhere if that is empty. */
    public static RoamingAnswer roaming(String country) {
        return new RoamingAnswer(State.ROAMING, country);
    }
}
