package org.anticall.ops.store;

import com.fasterxml.jackson.databind.JsonNode;

/** Somebody else has changed it meanwhile. Nothing was changed; nothing of the other's is lost. */
public final class Outdated extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient JsonNode current;

    /** @param current an order, an allow entry or an appeal */
    Outdated(Object current, long version) {
        super("It was changed meanwhile: it has version " + version + " now.", null, false, false);
        this.current = StoredJson.tree(current);
    }

    /** What it is now. */
    public JsonNode current() {
        return current;
    }
}
