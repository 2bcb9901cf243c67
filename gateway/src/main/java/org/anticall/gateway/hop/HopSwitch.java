package org.anticall.gateway.hop;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What people want of a hop. */
public enum HopSwitch {
    /** It takes calls as its health allows. */
    UP,
    /** It gets a new call only if nobody else of its group can take it; what is there lives on. */
    DRAIN,
    /** It gets no new call; one that waits for its first answer goes elsewhere; what is in a dialog lives on. */
    DOWN;

    /** {@code up}, {@code drain}, {@code down}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The switch of that name, null if there is none. */
    public static @Nullable HopSwitch of(String text) {
        for (HopSwitch each : values()) {
            if (each.text().equals(text)) {
                return each;
            }
        }
        return null;
    }
}
