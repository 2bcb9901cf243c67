package org.anticall.ops.publish;

import java.util.HashMap;
import java.util.Map;
import org.anticall.rules.bundle.VerifiedBundle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A revision's bundle as a change of one before it: a number more in a list of ten million travels alone. It has the same
 * signature as the whole bundle, so the gateway trusts it no more and no less. A change is made when the first gateway asks
 * for it and kept for those after it. Thread-safe; who asks while one is made waits for it.
 */
final class Changes {

    /** A gateway that is further behind gets the whole bundle. */
    static final int MOST_BEHIND = 8;

    private static final Logger LOG = LoggerFactory.getLogger(Changes.class);
    private static final byte[] NONE = {};

    private final StoredBundles stored;
    private final VerifiedBundle bundle;
    private byte @Nullable [] whole;
    private final Map<Long, byte[]> made = new HashMap<>();

    /** Of the revision that has this {@code bundle}. */
    Changes(StoredBundles stored, VerifiedBundle bundle) {
        this.stored = stored;
        this.bundle = bundle;
    }

    /** The complete bundle. */
    synchronized byte[] whole() {
        byte[] known = whole;
        if (known == null) {
            known = bundle.bytes();
            whole = known;
        }
        return known;
    }

    /** What to send to a gateway that holds the bundle of revision {@code base}: a change of it, or the whole if that is shorter. */
    synchronized byte[] since(long base) {
        long revision = bundle.manifest().revision();
        if (base >= revision || base < Math.max(1, revision - MOST_BEHIND)) {
            return whole();
        }
        byte[] change = made.computeIfAbsent(base, this::make);
        return change.length == 0 ? whole() : change;
    }

    private byte[] make(long base) {
        try {
            VerifiedBundle before = stored.of(base);
            byte[] change = bundle.bytesSince(before);
            return change.length < bundle.length() ? change : NONE;
        } catch (PublishRefused unreadable) {
            LOG.atWarn()
                    .addKeyValue("revision", base)
                    .addKeyValue("reason", unreadable.getMessage())
                    .log("no change of this revision can be made, gateways that hold it get the whole bundle");
            return NONE;
        }
    }
}
