package org.anticall.ops.order;

/**
 * A list of numbers that an order names instead of carrying them: the order has legal ground, action and end, imports bring the
 * numbers. A list that no order in force names changes no call.
 *
 * @param id number of the list
 * @param name {@code fraud-2026}, as orders name it; it never changes
 * @param purpose what it is for, in words
 * @param author who made it
 */
public record ManagedList(long id, String name, String purpose, Signature author) {

    /** What the name of a list looks like. */
    public static final String NAME = "[a-z][a-z0-9-]{1,39}";
}
