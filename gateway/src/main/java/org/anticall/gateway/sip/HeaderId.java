package org.anticall.gateway.sip;

import org.jspecify.annotations.Nullable;

/**
 * Header fields the gateway reads or edits; all others are {@link #OTHER} and travel as they came. A name is found by
 * length and hash, then compared; compact forms (RFC 3261 §7.3.3) are names of the same field.
 */
public enum HeaderId {
    OTHER,
    VIA("via", "v"),
    FROM("from", "f"),
    TO("to", "t"),
    CALL_ID("call-id", "i"),
    CSEQ("cseq"),
    CONTENT_LENGTH("content-length", "l"),
    MAX_FORWARDS("max-forwards"),
    ROUTE("route"),
    RECORD_ROUTE("record-route"),
    CONTACT("contact", "m"),
    PROXY_REQUIRE("proxy-require"),
    WWW_AUTHENTICATE("www-authenticate"),
    PROXY_AUTHENTICATE("proxy-authenticate"),
    RETRY_AFTER("retry-after"),
    TIMESTAMP("timestamp"),
    P_ASSERTED_IDENTITY("p-asserted-identity"),
    P_PREFERRED_IDENTITY("p-preferred-identity"),
    REMOTE_PARTY_ID("remote-party-id"),
    PRIVACY("privacy"),
    IDENTITY("identity", "y"),
    HISTORY_INFO("history-info"),
    DIVERSION("diversion"),
    REASON("reason"),
    SERVER("server"),
    USER_AGENT("user-agent"),
    ORGANIZATION("organization"),
    WARNING("warning"),
    /** The desk lets the call go on to the callee. */
    X_ANTICALL_RELEASE("x-anticall-release"),
    /** How many calls more the desk can take. */
    X_ANTICALL_CAPACITY("x-anticall-capacity"),
    /** The token by which the desk's own call passes unjudged. */
    X_ANTICALL_BYPASS("x-anticall-bypass"),
    /** Any other header of this product; none of them comes from or goes to a carrier. */
    X_ANTICALL;

    private static final byte[] OWN_PREFIX = SipText.bytes("x-anticall-");
    private static final int SLOTS = 256;
    private static final @Nullable Entry[] TABLE = table();

    private final String name;
    private final String compact;

    HeaderId() {
        this("", "");
    }

    HeaderId(String name) {
        this(name, "");
    }

    HeaderId(String name, String compact) {
        this.name = name;
        this.compact = compact;
    }

    /** The header these bytes name, in any case. */
    static HeaderId of(byte[] bytes, int from, int to) {
        int slot = slot(bytes, from, to);
        for (Entry entry = TABLE[slot]; entry != null; entry = TABLE[slot]) {
            if (SipText.equalsIgnoreCase(bytes, from, to, entry.name)) {
                return entry.id;
            }
            slot = (slot + 1) & (SLOTS - 1);
        }
        return SipText.startsWithIgnoreCase(bytes, from, to, OWN_PREFIX) ? X_ANTICALL : OTHER;
    }

    /** Whether it is a header of this product, which no carrier sends or sees. */
    public boolean isOwn() {
        return this == X_ANTICALL
                || this == X_ANTICALL_RELEASE
                || this == X_ANTICALL_CAPACITY
                || this == X_ANTICALL_BYPASS;
    }

    private static int slot(byte[] bytes, int from, int to) {
        int hash = to - from;
        for (int i = from; i < to; i++) {
            hash = hash * 31 + (bytes[i] | 0x20);
        }
        return (hash ^ (hash >>> 9)) & (SLOTS - 1);
    }

    private static @Nullable Entry[] table() {
        @Nullable Entry[] table = new Entry[SLOTS];
        for (HeaderId id : values()) {
            add(table, id.name, id);
            add(table, id.compact, id);
        }
        return table;
    }

    private static void add(@Nullable Entry[] table, String name, HeaderId id) {
        byte[] bytes = SipText.bytes(name);
        int slot = slot(bytes, 0, bytes.length);
        while (table[slot] != null) {
            slot = (slot + 1) & (SLOTS - 1);
        }
        if (bytes.length > 0) {
            table[slot] = new Entry(bytes, id);
        }
    }

    private record Entry(byte[] name, HeaderId id) {}
}
