package org.anticall.ops.store;

import org.anticall.ops.order.Order;

/** Somebody else has changed the order meanwhile. Nothing was changed; nothing of the other's is lost. */
public final class Outdated extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Order current;

    Outdated(Order current) {
        super("The order was changed meanwhile: it has version " + current.version() + " now.", null, false, false);
        this.current = current;
    }

    /** The order as it is now. */
    public Order current() {
        return current;
    }
}
