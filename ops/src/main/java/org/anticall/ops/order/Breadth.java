package org.anticall.ops.order;

/**
 * What an order would have hit, counted in recent records.
 *
 * @param calls calls that it means
 * @param callers different callers among them
 * @param callees different callees among them
 * @param neverTouch calls among them that nothing may touch
 * @param allCalls all calls of the time that was looked at
 * @param days how many days that was
 */
public record Breadth(long calls, long callers, long callees, long neverTouch, long allCalls, int days) {

    /** Nothing is known: no records, or a condition that cannot be counted. */
    public static final Breadth UNKNOWN = new Breadth(0, 0, 0, 0, 0, 0);

    /** One call in two hundred: above that a second approver is needed. */
    private static final int SHARE = 200;

    /** Whether it hits more than 0.5 % of all calls. */
    public boolean isBroad() {
        return calls * SHARE > allCalls;
    }
}
