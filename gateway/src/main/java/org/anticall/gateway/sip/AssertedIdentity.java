package org.anticall.gateway.sip;

/** The caller as the network asserts it: P-Asserted-Identity, all its lines and values (RFC 3325 §9.1). */
public final class AssertedIdentity {

    private final NameAddr address = new NameAddr();
    private final SipUri uri = new SipUri();

    /**
     * The URI that carries the number: the first {@code tel} URI, else the first {@code sip} or {@code sips} URI.
     *
     * @return the URI, an empty slice if the header has no URI that can be read, {@link Slice#NONE} without the header
     */
    public long find(SipMessage message) {
        byte[] bytes = message.bytes();
        int first = message.first(HeaderId.P_ASSERTED_IDENTITY);
        if (first < 0) {
            return Slice.NONE;
        }
        long sip = Slice.of(message.valueStart(first), message.valueStart(first));
        for (int line = first; line >= 0; line = message.next(line)) {
            int to = message.valueEnd(line);
            for (int at = message.valueStart(line); at < to; ) {
                int end = Lists.valueEnd(bytes, at, to);
                if (address.read(bytes, at, end) && uri.read(bytes, address.uriStart(), address.uriEnd())) {
                    long found = Slice.of(address.uriStart(), address.uriEnd());
                    if (uri.scheme() == SipUri.Scheme.TEL) {
                        return found;
                    }
                    if (!Slice.isPresent(sip)) {
                        sip = found;
                    }
                }
                at = SipText.skipLws(bytes, Math.min(end + 1, to), to);
            }
        }
        return sip;
    }
}
