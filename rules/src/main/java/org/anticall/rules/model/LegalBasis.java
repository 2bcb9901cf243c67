package org.anticall.rules.model;

import java.time.LocalDate;

/**
 * The ground on which a rule interferes with calls.
 *
 * @param type what kind of document orders it
 * @param document its title and number
 * @param date its date
 * @param office who issued it
 */
public record LegalBasis(Type type, String document, LocalDate date, String office) {

    /** Kinds of grounds. */
    public enum Type {
        LAW,
        COURT_ORDER,
        PROSECUTOR_ORDER,
        OPERATOR_CONTRACT,
        /** The owner of a number asks that nobody else calls with it. */
        OWNER_REQUEST,
        /** Nobody ordered it: shipped with the product, for trials. */
        REFERENCE;

        /** Whether an authority orders it, rather than a contract or the owner of a number. */
        public boolean isOrder() {
            return this == LAW || this == COURT_ORDER || this == PROSECUTOR_ORDER;
        }
    }

    public LegalBasis {
        if (document.isBlank() || office.isBlank()) {
            throw new IllegalArgumentException("document and office of a legal basis must not be empty");
        }
    }
}
