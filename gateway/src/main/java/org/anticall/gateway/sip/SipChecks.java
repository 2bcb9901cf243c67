package org.anticall.gateway.sip;

/**
 * Whether an indexed message makes sense (RFC 3261 §8.1.1, §16.3, §18.3). What is ambiguous is refused, never guessed:
 * two readers that differ about a message are how a call is smuggled past a screen.
 */
final class SipChecks {

    private static final long MAX_CSEQ = (1L << 31) - 1;

    private static final HeaderId[] ONCE = {
        HeaderId.FROM, HeaderId.TO, HeaderId.CALL_ID, HeaderId.CSEQ, HeaderId.CONTENT_LENGTH, HeaderId.MAX_FORWARDS
    };

    /** Beside From and To: whose URIs tell who calls, who forwarded, where the caller is. */
    private static final HeaderId[] ADDRESSES = {
        HeaderId.CONTACT,
        HeaderId.P_ASSERTED_IDENTITY,
        HeaderId.P_PREFERRED_IDENTITY,
        HeaderId.REMOTE_PARTY_ID,
        HeaderId.DIVERSION,
        HeaderId.HISTORY_INFO
    };

    private SipChecks() {}

    static SipFault check(SipMessage message) {
        if (!message.has(HeaderId.VIA)) {
            return SipFault.NO_VIA;
        }
        int via = message.first(HeaderId.VIA);
        if (!message.topVia.read(message.bytes, message.valueStart[via], message.valueEnd[via])) {
            message.answerable &= message.topVia.isAddressable();
            return SipFault.VIA;
        }
        for (HeaderId header : ONCE) {
            if (message.countOf[header.ordinal()] > 1) {
                return SipFault.TWICE;
            }
        }
        SipFault fault = cseq(message);
        if (fault == SipFault.NONE) {
            fault = parties(message);
        }
        if (fault == SipFault.NONE) {
            fault = contentLength(message);
        }
        if (fault == SipFault.NONE && message.request) {
            fault = requestUri(message);
        }
        if (fault == SipFault.NONE && message.request) {
            fault = addresses(message);
        }
        return fault == SipFault.NONE ? hops(message) : fault;
    }

    private static SipFault cseq(SipMessage message) {
        int line = message.first(HeaderId.CSEQ);
        if (line < 0) {
            return SipFault.CSEQ;
        }
        byte[] bytes = message.bytes;
        int from = message.valueStart[line];
        int to = message.valueEnd[line];
        int digits = from;
        while (digits < to && SipText.isDigit(bytes[digits])) {
            digits++;
        }
        int name = SipText.skipLws(bytes, digits, to);
        message.cseq = SipText.number(bytes, from, digits);
        if (message.cseq < 0 || message.cseq > MAX_CSEQ || name == digits || name == to) {
            return SipFault.CSEQ;
        }
        Method method = Method.of(bytes, name, to);
        if (!message.request) {
            message.method = method;
            return SipFault.NONE;
        }
        boolean same = method == Method.OTHER
                ? message.method == Method.OTHER && sameMethodName(message, name, to)
                : method == message.method;
        return same ? SipFault.NONE : SipFault.CSEQ_METHOD;
    }

    private static boolean sameMethodName(SipMessage message, int name, int to) {
        for (int i = name, j = message.start; i < to; i++, j++) {
            if (message.bytes[i] != message.bytes[j]) {
                return false;
            }
        }
        return message.uriStart - 1 - message.start == to - name;
    }

    private static SipFault parties(SipMessage message) {
        int callId = message.first(HeaderId.CALL_ID);
        if (callId < 0 || !isOneWord(message, callId)) {
            return SipFault.CALL_ID;
        }
        if (!isNameAddr(message, HeaderId.FROM)) {
            return SipFault.FROM;
        }
        return isNameAddr(message, HeaderId.TO) ? SipFault.NONE : SipFault.TO;
    }

    private static boolean isOneWord(SipMessage message, int line) {
        int to = message.valueEnd[line];
        for (int at = message.valueStart[line]; at < to; at++) {
            if (SipText.isLws(message.bytes[at])) {
                return false;
            }
        }
        return message.valueStart[line] < to;
    }

    /** One party and at most one tag: neither the caller nor the dialog is a matter of opinion. */
    private static boolean isNameAddr(SipMessage message, HeaderId header) {
        int line = message.first(header);
        if (line < 0) {
            return false;
        }
        byte[] bytes = message.bytes;
        int from = message.valueStart[line];
        int to = message.valueEnd[line];
        NameAddr address = message.checkAddress;
        return address.read(bytes, from, to)
                && message.checkUri.read(bytes, address.uriStart(), address.uriEnd())
                && !isOpenEnded(message)
                && Lists.valueEnd(bytes, address.uriStart() - (address.isBracketed() ? 1 : 0), to) == to
                && Params.areWellFormed(bytes, address.paramsStart(), address.paramsEnd())
                && hasOneTagAtMost(bytes, address);
    }

    /** Where a URI of an unknown scheme ends cannot be said without angle brackets if a semicolon follows. */
    private static boolean isOpenEnded(SipMessage message) {
        NameAddr address = message.checkAddress;
        return message.checkUri.scheme() == SipUri.Scheme.OTHER
                && !address.isBracketed()
                && address.paramsStart() < address.paramsEnd();
    }

    private static SipFault addresses(SipMessage message) {
        for (HeaderId header : ADDRESSES) {
            for (int line = message.first(header); line >= 0; line = message.next(line)) {
                if (NameAddr.isAnyUnbracketed(message.bytes, message.valueStart[line], message.valueEnd[line])) {
                    return SipFault.UNBRACKETED;
                }
            }
        }
        return SipFault.NONE;
    }

    private static boolean hasOneTagAtMost(byte[] bytes, NameAddr address) {
        long tag = Params.find(bytes, address.paramsStart(), address.paramsEnd(), Params.TAG);
        for (int i = Slice.start(tag); tag != Slice.NONE && i < Slice.end(tag); i++) {
            if (!SipText.isToken(bytes[i])) {
                return false;
            }
        }
        return (tag == Slice.NONE || Slice.isPresent(tag))
                && !Params.isRepeated(bytes, address.paramsStart(), address.paramsEnd(), Params.TAG);
    }

    private static SipFault contentLength(SipMessage message) {
        int line = message.first(HeaderId.CONTENT_LENGTH);
        if (line >= 0) {
            long length = SipText.number(message.bytes, message.valueStart[line], message.valueEnd[line]);
            if (length < 0 || length > message.end - message.bodyStart) {
                return SipFault.CONTENT_LENGTH;
            }
            message.end = message.bodyStart + (int) length;
        }
        int hops = message.first(HeaderId.MAX_FORWARDS);
        if (hops >= 0) {
            long value = SipText.number(message.bytes, message.valueStart[hops], message.valueEnd[hops]);
            if (value < 0 || value > 255) {
                return SipFault.MAX_FORWARDS;
            }
            message.maxForwards = (int) value;
        }
        return SipFault.NONE;
    }

    private static SipFault requestUri(SipMessage message) {
        if (!message.checkUri.read(message.bytes, message.uriStart, message.uriEnd)) {
            return SipFault.REQUEST_URI;
        }
        message.emergency = message.checkUri.isEmergency();
        if (message.checkUri.scheme() == SipUri.Scheme.OTHER && !message.emergency) {
            return SipFault.URI_SCHEME;
        }
        boolean hasHeaders = message.checkUri.paramsEnd() < message.checkUri.end();
        return hasHeaders ? SipFault.REQUEST_URI : SipFault.NONE;
    }

    private static SipFault hops(SipMessage message) {
        if (Lists.hasEmpty(message, HeaderId.VIA)) {
            return SipFault.VIA;
        }
        boolean tooMany = Lists.count(message, HeaderId.VIA) > message.limits.maxHops()
                || Lists.count(message, HeaderId.ROUTE) > message.limits.maxHops();
        return tooMany ? SipFault.TOO_MANY_HOPS : SipFault.NONE;
    }
}
