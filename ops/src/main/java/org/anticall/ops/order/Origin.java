package org.anticall.ops.order;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the suspicion comes from. */
public enum Origin {
    CITIZEN_REPORT,
    OPERATOR,
    PARTNER,
    ANALYSIS;

    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Origin> of(String text) {
        return Stream.of(values()).filter(each -> each.text().equals(text)).findFirst();
    }
}
