package org.anticall.gateway.sip;

/**
 * A view of one Via value (RFC 3261 §20.42) as offsets. Reused; holds until the next {@link #read}.
 *
 * <pre>via-parm = sent-protocol LWS sent-by *( SEMI via-params )</pre>
 */
public final class ViaValue {

    /** Where a SIP message goes if nobody says a port (RFC 3261 §19.1.2). */
    public static final int DEFAULT_PORT = 5060;

    /** The same over TLS. */
    public static final int DEFAULT_TLS_PORT = 5061;

    private static final byte[] TLS = SipText.bytes("tls");
    private static final byte[] BRANCH = SipText.bytes("branch");
    private static final byte[] RECEIVED = SipText.bytes("received");
    private static final byte[] RPORT = SipText.bytes("rport");

    private int start;
    private int end;
    private int transportStart;
    private int transportEnd;
    private int hostStart;
    private int hostEnd;
    private int port;
    private boolean addressable;
    private int paramsStart;
    private long branch;
    private long received;
    private long rport;

    /**
     * Reads the first of the comma-separated values between {@code from} and {@code to}.
     *
     * @return false if it is none; the view is not to be used then
     */
    public boolean read(byte[] bytes, int from, int to) {
        addressable = false;
        start = from;
        end = Lists.valueEnd(bytes, from, to);
        int at = from;
        for (int slashes = 0; slashes < 2; slashes++) {
            at = token(bytes, at);
            if (at < 0 || at == end || bytes[at] != '/') {
                return false;
            }
            at = SipText.skipLws(bytes, at + 1, end);
        }
        transportStart = at;
        while (at < end && SipText.isToken(bytes[at])) {
            at++;
        }
        transportEnd = at;
        if (at == transportStart || at == end || !SipText.isLws(bytes[at])) {
            return false;
        }
        return readSentBy(bytes, SipText.skipLws(bytes, at, end));
    }

    private boolean readSentBy(byte[] bytes, int from) {
        int at = from;
        hostStart = from;
        if (at < end && bytes[at] == '[') {
            at++;
            while (at < end && (SipText.hex(bytes[at]) >= 0 || bytes[at] == ':' || bytes[at] == '.')) {
                at++;
            }
            if (at == end || bytes[at] != ']') {
                return false;
            }
            at++;
        } else {
            while (at < end && SipText.isToken(bytes[at])) {
                at++;
            }
        }
        hostEnd = at;
        at = SipText.skipLws(bytes, at, end);
        port = isTransport(bytes, TLS) ? DEFAULT_TLS_PORT : DEFAULT_PORT;
        if (at < end && bytes[at] == ':') {
            int digits = SipText.skipLws(bytes, at + 1, end);
            at = digits;
            while (at < end && SipText.isDigit(bytes[at])) {
                at++;
            }
            long number = SipText.number(bytes, digits, at);
            if (number < 0 || number > 65535) {
                return false;
            }
            port = (int) number;
            at = SipText.skipLws(bytes, at, end);
        }
        paramsStart = at;
        branch = Params.find(bytes, at, end, BRANCH);
        received = Params.find(bytes, at, end, RECEIVED);
        rport = Params.find(bytes, at, end, RPORT);
        addressable = hostEnd > hostStart && (at == end || bytes[at] == ';');
        return addressable
                && Params.areWellFormed(bytes, at, end)
                && (branch == Slice.NONE || (isToken(bytes, branch) && !Params.isRepeated(bytes, at, end, BRANCH)));
    }

    /** Whether the value last read, even if it is none, says who sent the message and to where. */
    public boolean isAddressable() {
        return addressable;
    }

    private static boolean isToken(byte[] bytes, long slice) {
        for (int i = Slice.start(slice); i < Slice.end(slice); i++) {
            if (!SipText.isToken(bytes[i])) {
                return false;
            }
        }
        return Slice.isPresent(slice);
    }

    private int token(byte[] bytes, int from) {
        int at = from;
        while (at < end && SipText.isToken(bytes[at])) {
            at++;
        }
        return at == from ? -1 : SipText.skipLws(bytes, at, end);
    }

    public int start() {
        return start;
    }

    /** Where the value ends: at the comma before the next value or at the end of the line. */
    public int end() {
        return end;
    }

    /** Whether the transport is the one called {@code lower}, which is in lower case. */
    public boolean isTransport(byte[] bytes, byte[] lower) {
        return SipText.equalsIgnoreCase(bytes, transportStart, transportEnd, lower);
    }

    public int hostStart() {
        return hostStart;
    }

    public int hostEnd() {
        return hostEnd;
    }

    /** The port of sent-by, {@value #DEFAULT_PORT} or {@value #DEFAULT_TLS_PORT} if none is given. */
    public int port() {
        return port;
    }

    public int paramsStart() {
        return paramsStart;
    }

    /** The branch, see {@link Slice}. */
    public long branch() {
        return branch;
    }

    public long received() {
        return received;
    }

    /** The rport parameter (RFC 3581): empty where the sender asks for it, {@link Slice#NONE} where it does not. */
    public long rport() {
        return rport;
    }
}
