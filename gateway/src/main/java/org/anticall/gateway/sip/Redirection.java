package org.anticall.gateway.sip;

/**
 * Who redirected a call last, from History-Info (RFC 7044) and Diversion (RFC 5806). Reused scratch views; owned by one
 * event loop.
 */
public final class Redirection {

    private static final byte[] INDEX = SipText.bytes("index");
    private static final byte[] MAPPED = SipText.bytes("mp");
    private static final byte[] CHANGED = SipText.bytes("rc");

    private final NameAddr address = new NameAddr();

    /**
     * The redirecting party's URI: the History-Info entry that the last one with {@code mp} or {@code rc} points to, else
     * the entry before the last one, else the top-most Diversion.
     *
     * @return the URI, {@link Slice#NONE} if the call was not redirected
     */
    public long redirecting(SipMessage message) {
        long byHistory = byHistory(message);
        return byHistory == Slice.NONE ? topDiversion(message) : byHistory;
    }

    private long topDiversion(SipMessage message) {
        int line = message.first(HeaderId.DIVERSION);
        if (line < 0) {
            return Slice.NONE;
        }
        int from = message.valueStart(line);
        return uri(message, from, Lists.valueEnd(message.bytes(), from, message.valueEnd(line)));
    }

    private long byHistory(SipMessage message) {
        byte[] bytes = message.bytes();
        long pointed = Slice.NONE;
        long pointing = Slice.NONE;
        long last = Slice.NONE;
        long beforeLast = Slice.NONE;
        long beforePointing = Slice.NONE;
        for (int line = message.first(HeaderId.HISTORY_INFO); line >= 0; line = message.next(line)) {
            int to = message.valueEnd(line);
            for (int at = message.valueStart(line); at < to; ) {
                int end = Lists.valueEnd(bytes, at, to);
                beforeLast = last;
                last = Slice.of(at, end);
                long target = target(bytes, at, end);
                if (Slice.isPresent(target)) {
                    pointing = target;
                    beforePointing = beforeLast;
                }
                at = SipText.skipLws(bytes, Math.min(end + 1, to), to);
            }
        }
        if (pointing != Slice.NONE) {
            pointed = entry(message, pointing);
            if (pointed == Slice.NONE) {
                pointed = beforePointing;
            }
        } else {
            pointed = beforeLast;
        }
        return pointed == Slice.NONE ? Slice.NONE : uri(message, Slice.start(pointed), Slice.end(pointed));
    }

    /** The entry whose index is the text at {@code index}. */
    private static long entry(SipMessage message, long index) {
        byte[] bytes = message.bytes();
        for (int line = message.first(HeaderId.HISTORY_INFO); line >= 0; line = message.next(line)) {
            int to = message.valueEnd(line);
            for (int at = message.valueStart(line); at < to; ) {
                int end = Lists.valueEnd(bytes, at, to);
                long own = Params.find(bytes, at, end, INDEX);
                if (Slice.isPresent(own) && same(bytes, own, index)) {
                    return Slice.of(at, end);
                }
                at = SipText.skipLws(bytes, Math.min(end + 1, to), to);
            }
        }
        return Slice.NONE;
    }

    /** The value of the entry's {@code mp} or {@code rc} parameter. */
    private static long target(byte[] bytes, int from, int to) {
        long mapped = Params.find(bytes, from, to, MAPPED);
        return Slice.isPresent(mapped) ? mapped : Params.find(bytes, from, to, CHANGED);
    }

    /** The value of the index parameter of the last entry, {@link Slice#NONE} if there is no entry or no index. */
    public static long lastIndex(SipMessage message) {
        int line = message.last(HeaderId.HISTORY_INFO);
        if (line < 0) {
            return Slice.NONE;
        }
        byte[] bytes = message.bytes();
        int to = message.valueEnd(line);
        int at = message.valueStart(line);
        for (int end = Lists.valueEnd(bytes, at, to); end < to; end = Lists.valueEnd(bytes, at, to)) {
            at = end + 1;
        }
        return Params.find(bytes, at, to, INDEX);
    }

    private static boolean same(byte[] bytes, long one, long other) {
        int length = Slice.end(one) - Slice.start(one);
        if (length != Slice.end(other) - Slice.start(other)) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (bytes[Slice.start(one) + i] != bytes[Slice.start(other) + i]) {
                return false;
            }
        }
        return true;
    }

    private long uri(SipMessage message, int from, int to) {
        return address.read(message.bytes(), from, to)
                ? Slice.of(address.uriStart(), address.uriEnd())
                : Slice.of(from, from);
    }
}
