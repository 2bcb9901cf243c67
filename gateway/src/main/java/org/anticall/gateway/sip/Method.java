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
    private final byte[] text = SipText.bytes(name());

    /** The method these bytes name. */
    static Method of(byte[] bytes, int from, int to) {
        for (Method method : KNOWN) {
            if (method != OTHER && SipText.equals(bytes, from, to, method.text)) {
                return method;
            }
        }
        return OTHER;
    }
}
