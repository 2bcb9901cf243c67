package org.anticall.gateway.verdict;

/**
 * Turns the user part of a URI into a number, packed as in {@code PartyNumber}. Called on event loops; does not block and
 * keeps no reference to the text.
 */
public interface NumberReading {

    /** A caller's number: asserted, presented or redirecting. */
    long caller(CharSequence user);

    /** The called number. */
    long callee(CharSequence user);
}
