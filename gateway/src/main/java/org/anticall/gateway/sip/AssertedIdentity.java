package org.anticall.gateway.sip;

/**
 * The caller as the network asserts it: P-Asserted-Identity, all its lines and values (RFC 3325 §9.1), or one of the older
 * headers of the same form. Reused; what it says holds until the next {@code find}.
 */
public final class AssertedIdentity {

    private final NameAddr address = new NameAddr();
    private final SipUri uri = new SipUri();
    private long tel;
    private long sip;
    private long repeated;

    /** The same of P-Asserted-Identity. */
    public long find(SipMessage message) {
        return find(message, HeaderId.P_ASSERTED_IDENTITY);
    }

    /**
     * The URI that carries the number: the first {@code tel} URI, else the first {@code sip} or {@code sips} URI.
     *
     * @return the URI, an empty slice if the header has no URI that can be read, {@link Slice#NONE} without the header
     */
    public long find(SipMessage message, HeaderId header) {
        tel = Slice.NONE;
        sip = Slice.NONE;
        repeated = Slice.NONE;
        byte[] bytes = message.bytes();
        int first = message.first(header);
        if (first < 0) {
            return Slice.NONE;
        }
        for (int line = first; line >= 0; line = message.next(line)) {
            int to = message.valueEnd(line);
            for (int at = message.valueStart(line); at < to; ) {
                int end = Lists.valueEnd(bytes, at, to);
                if (address.read(bytes, at, end) && uri.read(bytes, address.uriStart(), address.uriEnd())) {
                    found(Slice.of(address.uriStart(), address.uriEnd()));
                }
                at = SipText.skipLws(bytes, Math.min(end + 1, to), to);
            }
        }
        if (tel != Slice.NONE) {
            return tel;
        }
        return sip != Slice.NONE ? sip : Slice.of(message.valueStart(first), message.valueStart(first));
    }

    private void found(long slice) {
        if (uri.scheme() == SipUri.Scheme.TEL) {
            if (tel == Slice.NONE) {
                tel = slice;
            } else {
                repeated = slice;
            }
        } else if (sip == Slice.NONE) {
            sip = slice;
        } else {
            repeated = slice;
        }
    }

    /** Whether the header last looked at has two URIs of one scheme; one {@code tel} and one {@code sip} are allowed. */
    public boolean isRepeated() {
        return repeated != Slice.NONE;
    }

    /** A further URI of that header: one too many, else the {@code sip} URI beside a {@code tel} URI, else none. */
    public long second() {
        return isRepeated() ? repeated : tel == Slice.NONE ? Slice.NONE : sip;
    }
}
