package org.anticall.ops.audit;

/**
 * Who does something.
 *
 * @param person number of the human being behind the account, 0 for the centre itself
 * @param account what the person signed in with
 * @param address from where, as text; empty for the centre itself
 */
public record Actor(long person, String account, String address) {

    /** What the centre does without being asked: ends an order, signs the head of the trail. */
    public static final Actor CENTRE = new Actor(0, "centre", "");
}
