package org.anticall.rules.number;

import java.util.Locale;

/** What a number is, seen from the home country's numbering plan. */
public enum RangeClass {
    /** There is no complete number. */
    NONE("no complete number"),
    HOME_FIXED("a home fixed number"),
    HOME_MOBILE("a home mobile number"),
    /** Toll-free, shared cost, premium rate, VoIP: no line of a person who could travel. */
    HOME_SERVICE("a home service number"),
    /** Sources disagree whether anybody uses the range; never a ground for a reject. */
    HOME_UNCONFIRMED("in a home range that the numbering registry does not confirm"),
    /** In the home country's numbering space, used by nobody. */
    HOME_UNALLOCATED("in a home range that is allocated to nobody"),
    /** In a home range, with too few or too many digits for it. */
    HOME_WRONG_LENGTH("a home number with a wrong count of digits"),
    FOREIGN("a foreign number"),
    /** The ITU has given the country code to nobody. */
    UNASSIGNED_COUNTRY("a number of a country code that is assigned to nobody");

    private final String description;

    RangeClass(String description) {
        this.description = description;
    }

    /** Name in rule files: {@code home-fixed}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** For people, after "is": "a home fixed number". */
    public String description() {
        return description;
    }

    /** Whether somebody at home may own such a number: all home ranges but the unallocated ones. */
    public boolean isInUseAtHome() {
        return switch (this) {
            case HOME_FIXED, HOME_MOBILE, HOME_SERVICE, HOME_UNCONFIRMED -> true;
            case NONE, HOME_UNALLOCATED, HOME_WRONG_LENGTH, FOREIGN, UNASSIGNED_COUNTRY -> false;
        };
    }
}
