package org.anticall.gateway.verdict;

import org.anticall.gateway.sip.HeaderId;
import org.anticall.gateway.sip.Lists;
import org.anticall.gateway.sip.NameAddr;
import org.anticall.gateway.sip.Params;
import org.anticall.gateway.sip.SipMessage;
import org.anticall.gateway.sip.SipText;
import org.anticall.gateway.sip.Slice;
import org.anticall.gateway.sip.ViaValue;

/**
 * A hash of how an INVITE is built, the same for all calls of one program and one configuration: names and order of its
 * headers as written, the letters of its User-Agent, the shapes of branch, Call-ID and tag, the first CSeq, Allow and
 * Supported, the parameters of Contact, and of the session description who is said to offer it, payloads and attributes.
 * Numbers, names, addresses and ports do not count. Two gateways of one version say the same. Allocates nothing; owned by
 * one event loop.
 */
final class Fingerprint {

    private static final long SEED = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;
    private static final int COMMON_CSEQ = 1000;
    private static final byte[] ALLOW = SipText.bytes("allow");
    private static final byte[] SUPPORTED = SipText.bytes("supported");
    private static final byte[] TAG = SipText.bytes("tag");
    private static final byte[] COOKIE = SipText.bytes("z9hg4bk");
    private static final byte[] PACKET_TIME = SipText.bytes("ptime:");
    private static final byte[] FORMAT = SipText.bytes("fmtp:");
    private static final byte[] MOST_PACKET_TIME = SipText.bytes("maxptime:");

    private final NameAddr contact = new NameAddr();
    private long hash;

    /** The fingerprint of {@code invite}, never 0. */
    long of(SipMessage invite) {
        hash = SEED;
        headers(invite);
        via(invite);
        identifiers(invite);
        contact(invite);
        session(invite);
        long mixed = (hash ^ (hash >>> 32)) * 0x9E3779B97F4A7C15L;
        return mixed == 0 ? 1 : mixed;
    }

    private void headers(SipMessage invite) {
        byte[] bytes = invite.bytes();
        HeaderId before = HeaderId.OTHER;
        for (int line = 0; line < invite.headers(); line++) {
            HeaderId id = invite.id(line);
            int name = invite.lineStart(line);
            int nameEnd = invite.nameEnd(line);
            if (id == HeaderId.OTHER || id != before) {
                text(bytes, name, nameEnd);
            }
            before = id;
            if (id == HeaderId.USER_AGENT) {
                letters(bytes, invite.valueStart(line), invite.valueEnd(line));
            } else if (id == HeaderId.OTHER
                    && (SipText.equalsIgnoreCase(bytes, name, nameEnd, ALLOW)
                            || SipText.equalsIgnoreCase(bytes, name, nameEnd, SUPPORTED)
                            || (nameEnd - name == 1 && (bytes[name] | 0x20) == 'k'))) {
                text(bytes, invite.valueStart(line), invite.valueEnd(line));
            }
        }
    }

    private void via(SipMessage invite) {
        ViaValue via = invite.topVia();
        add(via.rport() == Slice.NONE ? 0 : 1);
        long branch = via.branch();
        if (Slice.isPresent(branch)) {
            byte[] bytes = invite.bytes();
            int from = Slice.start(branch);
            int to = Slice.end(branch);
            boolean cookie = SipText.startsWithIgnoreCase(bytes, from, to, COOKIE);
            add(cookie ? 1 : 0);
            add(Shape.of(bytes, cookie ? from + COOKIE.length : from, to));
        }
    }

    private void identifiers(SipMessage invite) {
        byte[] bytes = invite.bytes();
        int callId = invite.first(HeaderId.CALL_ID);
        int from = invite.valueStart(callId);
        int to = invite.valueEnd(callId);
        int at = from;
        while (at < to && bytes[at] != '@') {
            at++;
        }
        add(Shape.of(bytes, from, at));
        add(at == to ? 0 : at + 1 < to && SipText.isDigit(bytes[at + 1]) ? 1 : 2);
        int caller = invite.first(HeaderId.FROM);
        long tag = Params.find(bytes, invite.valueStart(caller), invite.valueEnd(caller), TAG);
        add(Slice.isPresent(tag) ? Shape.of(bytes, Slice.start(tag), Slice.end(tag)) : -1);
        add((int) Math.min(invite.cseq(), COMMON_CSEQ));
    }

    /** Names of the parameters of Contact, in order. */
    private void contact(SipMessage invite) {
        int line = invite.first(HeaderId.CONTACT);
        if (line < 0 || !contact.read(invite.bytes(), invite.valueStart(line), invite.valueEnd(line))) {
            return;
        }
        parameters(invite.bytes(), contact.uriStart(), contact.uriEnd());
        parameters(invite.bytes(), contact.paramsStart(), contact.paramsEnd());
    }

    private void parameters(byte[] bytes, int from, int to) {
        for (int at = Lists.next(bytes, from, to, (byte) ';'); at < to; ) {
            int name = at + 1;
            int end = name;
            while (end < to && SipText.isToken(bytes[end])) {
                end++;
            }
            text(bytes, name, end);
            at = Lists.next(bytes, end, to, (byte) ';');
        }
    }

    private void session(SipMessage invite) {
        byte[] bytes = invite.bytes();
        int to = invite.end();
        for (int line = invite.bodyStart(); line < to; ) {
            int end = line;
            while (end < to && bytes[end] != '\r' && bytes[end] != '\n') {
                end++;
            }
            if (end - line > 2 && bytes[line + 1] == '=') {
                sessionLine(bytes, line, end);
            }
            line = end + 1;
        }
    }

    private void sessionLine(byte[] bytes, int line, int end) {
        int value = line + 2;
        switch (bytes[line]) {
            case 'o' -> letters(bytes, value, word(bytes, value, end));
            case 's' -> letters(bytes, value, end);
            case 'm' -> {
                int port = word(bytes, value, end);
                text(bytes, value, port);
                text(bytes, word(bytes, Math.min(port + 1, end), end), end);
            }
            case 'a' -> {
                boolean whole = SipText.startsWithIgnoreCase(bytes, value, end, PACKET_TIME)
                        || SipText.startsWithIgnoreCase(bytes, value, end, MOST_PACKET_TIME)
                        || SipText.startsWithIgnoreCase(bytes, value, end, FORMAT);
                int name = value;
                while (name < end && bytes[name] != ':') {
                    name++;
                }
                text(bytes, value, whole ? end : name);
            }
            default -> add(bytes[line]);
        }
    }

    private static int word(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != ' ') {
            at++;
        }
        return at;
    }

    private void text(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            if (!SipText.isLws(bytes[at])) {
                add(bytes[at]);
            }
        }
        add(0);
    }

    /** The text without its digits: versions and session numbers do not count. */
    private void letters(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            if (!SipText.isDigit(bytes[at])) {
                add(bytes[at]);
            }
        }
        add(0);
    }

    private void add(int value) {
        hash = (hash ^ value) * PRIME;
    }
}
