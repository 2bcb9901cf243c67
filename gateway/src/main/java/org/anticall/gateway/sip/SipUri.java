package org.anticall.gateway.sip;

import java.nio.charset.StandardCharsets;

/**
 * A view of one {@code sip}, {@code sips} or {@code tel} URI (RFC 3261 §19.1, RFC 3966) as offsets into a message's bytes.
 * Reused; holds until the next {@link #read}.
 */
public final class SipUri {

    /** What the URI begins with. */
    public enum Scheme {
        SIP,
        SIPS,
        TEL,
        OTHER
    }

    private static final byte[] SIP = "sip".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SIPS = "sips".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TEL = "tel".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EMERGENCY = "urn:service:sos".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[0];
    private Scheme scheme = Scheme.OTHER;
    private int from;
    private int to;
    private int userStart;
    private int userEnd;
    private int userInfoEnd;
    private int hostStart;
    private int hostEnd;
    private int port;
    private int paramsStart;
    private int paramsEnd;

    /**
     * Reads the URI that fills {@code from} to {@code to}.
     *
     * @return false if it is none; the view is not to be used then
     */
    public boolean read(byte[] source, int from, int to) {
        this.bytes = source;
        this.from = from;
        this.to = to;
        this.port = -1;
        int colon = from;
        while (colon < to && SipText.isToken(source[colon])) {
            colon++;
        }
        if (colon == from || colon == to || source[colon] != ':') {
            return false;
        }
        for (int i = colon; i < to; i++) {
            if (SipText.isLws(source[i]) || source[i] == '<' || source[i] == '>') {
                return false;
            }
        }
        scheme = schemeOf(source, from, colon);
        return switch (scheme) {
            case SIP, SIPS -> readSip(colon + 1);
            case TEL -> readTel(colon + 1);
            case OTHER -> readOther(colon + 1);
        };
    }

    /** Forgets the URI: everything is empty. */
    public void clear() {
        read(bytes, 0, 0);
        userStart = 0;
        userEnd = 0;
        hostStart = 0;
        hostEnd = 0;
    }

    private boolean readSip(int begin) {
        int at = begin;
        while (at < to && bytes[at] != '@') {
            at++;
        }
        if (at < to) {
            userInfoEnd = at;
            userStart = begin;
            userEnd = indexOfEither(begin, at, ':', ';');
            hostStart = at + 1;
            if (userEnd == userStart) {
                return false;
            }
        } else {
            userInfoEnd = begin;
            userStart = begin;
            userEnd = begin;
            hostStart = begin;
        }
        return readHostPort();
    }

    private boolean readHostPort() {
        int at = hostStart;
        if (at < to && bytes[at] == '[') {
            while (at < to && bytes[at] != ']') {
                at++;
            }
            if (at == to) {
                return false;
            }
            at++;
        } else {
            while (at < to && isHostCharacter(bytes[at])) {
                at++;
            }
        }
        hostEnd = at;
        if (at < to && bytes[at] == ':') {
            int end = indexOfEither(at, to, ';', '?');
            long number = SipText.number(bytes, at + 1, end);
            if (number < 0 || number > 65535) {
                return false;
            }
            port = (int) number;
            at = end;
        }
        paramsStart = at;
        paramsEnd = indexOfEither(at, to, '?', '?');
        return hostEnd > hostStart && (at == to || bytes[at] == ';' || bytes[at] == '?');
    }

    /** Letters, digits, hyphens, dots (RFC 3261 §25.1), and the underscores of private networks. */
    private static boolean isHostCharacter(byte b) {
        byte letter = SipText.lower(b);
        return (letter >= 'a' && letter <= 'z') || SipText.isDigit(b) || b == '-' || b == '.' || b == '_';
    }

    private boolean readTel(int begin) {
        userStart = begin;
        userEnd = indexOfEither(begin, to, ';', ';');
        userInfoEnd = userEnd;
        hostStart = userEnd;
        hostEnd = userEnd;
        paramsStart = userEnd;
        paramsEnd = to;
        int at = userStart;
        while (at < userEnd && isSubscriberCharacter(bytes[at])) {
            at++;
        }
        return at == userEnd && userEnd > userStart;
    }

    /** Digits, visual separators, {@code * # +} (RFC 3966 §3), and any letter: what is no number is the judge's business. */
    private static boolean isSubscriberCharacter(byte b) {
        byte letter = SipText.lower(b);
        return (letter >= 'a' && letter <= 'z') || SipText.isDigit(b) || "+-.()*#".indexOf(b) >= 0;
    }

    private boolean readOther(int begin) {
        userStart = begin;
        userEnd = begin;
        userInfoEnd = begin;
        hostStart = begin;
        hostEnd = begin;
        paramsStart = to;
        paramsEnd = to;
        return begin < to;
    }

    private int indexOfEither(int begin, int limit, char one, char other) {
        int at = begin;
        while (at < limit && bytes[at] != one && bytes[at] != other) {
            at++;
        }
        return at;
    }

    private static Scheme schemeOf(byte[] bytes, int from, int colon) {
        if (SipText.equalsIgnoreCase(bytes, from, colon, SIP)) {
            return Scheme.SIP;
        }
        if (SipText.equalsIgnoreCase(bytes, from, colon, TEL)) {
            return Scheme.TEL;
        }
        return SipText.equalsIgnoreCase(bytes, from, colon, SIPS) ? Scheme.SIPS : Scheme.OTHER;
    }

    public Scheme scheme() {
        return scheme;
    }

    public int start() {
        return from;
    }

    public int end() {
        return to;
    }

    /** The user part, or the subscriber of a {@code tel} URI, without parameters; empty if there is none. */
    public int userStart() {
        return userStart;
    }

    public int userEnd() {
        return userEnd;
    }

    /** Where the parameters of the user part, and a password, end: at the {@code @}. */
    public int userInfoEnd() {
        return userInfoEnd;
    }

    public int hostStart() {
        return hostStart;
    }

    public int hostEnd() {
        return hostEnd;
    }

    /** The port, -1 if none is given. */
    public int port() {
        return port;
    }

    /** Where the URI's own parameters begin, at the first semicolon. */
    public int paramsStart() {
        return paramsStart;
    }

    public int paramsEnd() {
        return paramsEnd;
    }

    /** Value of a parameter of the URI, see {@link Params#find}. */
    public long param(byte[] lowerName) {
        return Params.find(bytes, paramsStart, paramsEnd, lowerName);
    }

    /** Whether it asks for help in an emergency, of whatever kind (RFC 5031 §4.2): {@code urn:service:sos.fire}. */
    public boolean isEmergency() {
        int end = from + EMERGENCY.length;
        return scheme == Scheme.OTHER
                && SipText.startsWithIgnoreCase(bytes, from, to, EMERGENCY)
                && (end == to || bytes[end] == '.');
    }

    public boolean hostIs(byte[] lowerHost) {
        return SipText.equalsIgnoreCase(bytes, hostStart, hostEnd, lowerHost);
    }
}
