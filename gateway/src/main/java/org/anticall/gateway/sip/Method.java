package org.anticall.gateway.sip;

/** Request methods the gateway tells apart (RFC 3261 §7.1; method names are case-sensitive). */
public enum Method {
    INVITE,
    ACK,
    CANCEL,
    BYE,
    OPTIONS,
    PRACK,
    UPDATE,
    INFO,
    REFER,
    REGISTER,
    MESSAGE,
    SUBSCRIBE,
    NOTIFY,
    PUBLISH,
    /** Any other token. */
    OTHER;

    private static final Method[] KNOWN = values();
    private static final byte[][] TEXTS = texts();

    /** The method these bytes name. */
    static Method of(byte[] bytes, int from, int to) {
        for (int i = 0; i < TEXTS.length; i++) {
            if (SipText.equals(bytes, from, to, TEXTS[i])) {
                return KNOWN[i];
            }
        }
        return OTHER;
    }

    private static byte[][] texts() {
        byte[][] texts = new byte[KNOWN.length - 1][];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = SipText.bytes(KNOWN[i].name());
        }
        return texts;
    }
}
