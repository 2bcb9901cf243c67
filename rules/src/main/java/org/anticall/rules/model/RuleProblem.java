package org.anticall.rules.model;

/**
 * Why a rule set cannot go live.
 *
 * @param place where
 * @param message what is wrong, with the value, and what was expected
 */
public record RuleProblem(Place place, String message) {

    /** {@code rules.yaml:12:5: unknown key 'ttile', expected one of id, title}. */
    @Override
    public String toString() {
        return place + ": " + message;
    }
}
