package org.anticall.ops.order;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The ground an order stands on.
 *
 * @param document number of the document, {@code 7-18/2240}
 * @param date its date
 * @param office who issued it
 * @param scan SHA-256 of the signed copy in hex, empty while there is none
 */
public record Basis(Type type, String document, LocalDate date, String office, String scan) {

    /** Kinds of documents. */
    public enum Type {
        LAW,
        COURT_ORDER,
        PROSECUTOR_ORDER,
        OPERATOR_CONTRACT,
        OWNER_REQUEST;

        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        public static Optional<Type> of(String text) {
            return Stream.of(values()).filter(each -> each.text().equals(text)).findFirst();
        }
    }
}
