package org.anticall.ops.acceptance;

/** Which of the virtual machines that run tests at the same time this one is. */
public final class Fork {

    private Fork() {}

    /** 0 for the first, and where there is only one; at most 3. */
    public static int index() {
        return (Integer.getInteger("anticall.fork", 1) - 1) % 4;
    }
}
