package org.anticall.gateway.sip;

/**
 * A view of one {@code name-addr} or {@code addr-spec} with its parameters (RFC 3261 §20.10, §25.1) as offsets. Reused;
 * holds until the next {@link #read}.
 */
public final class NameAddr {

    private int displayStart;
    private int displayEnd;
    private int uriStart;
    private int uriEnd;
    private int paramsStart;
    private int paramsEnd;
    private boolean bracketed;

    /**
     * Reads the one value that fills {@code from} to {@code to}.
     *
     * @return false if it is none; the view is not to be used then
     */
    public boolean read(byte[] bytes, int from, int to) {
        int at = SipText.skipLws(bytes, from, to);
        displayStart = at;
        displayEnd = at;
        paramsEnd = SipText.trimEnd(bytes, at, to);
        if (at < to && bytes[at] == '"') {
            at = SipText.quotedEnd(bytes, at, to);
            if (at < 0) {
                return false;
            }
            displayEnd = at;
            at = SipText.skipLws(bytes, at, to);
            if (at == to || bytes[at] != '<') {
                return false;
            }
        } else {
            int open = at;
            while (open < to && bytes[open] != '<' && bytes[open] != '"' && bytes[open] != ';') {
                open++;
            }
            if (open < to && bytes[open] == '"') {
                return false;
            }
            if (open < to && bytes[open] == '<' && !areWords(bytes, at, open)) {
                return false;
            }
            if (open == to || bytes[open] == ';') {
                return readAddrSpec(bytes, at);
            }
            displayEnd = SipText.trimEnd(bytes, at, open);
            at = open;
        }
        int close = at;
        while (close < to && bytes[close] != '>') {
            close++;
        }
        if (close == to) {
            return false;
        }
        bracketed = true;
        uriStart = at + 1;
        uriEnd = close;
        paramsStart = close + 1;
        int next = SipText.skipLws(bytes, paramsStart, paramsEnd);
        return next >= paramsEnd || bytes[next] == ';';
    }

    /** A display name without quotes is made of tokens (RFC 3261 §25.1); what is not ASCII is let pass, many write it so. */
    private static boolean areWords(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            if (bytes[at] >= 0 && !SipText.isToken(bytes[at]) && !SipText.isLws(bytes[at])) {
                return false;
            }
        }
        return true;
    }

    /**
     * Without angle brackets everything behind a semicolon belongs to the header, not to the URI, and a URI with a
     * semicolon or a question mark must have them (RFC 3261 §20, §20.10). An at-sign behind the semicolon, or a question
     * mark, shows one that has not: other readers find another URI there.
     */
    private boolean readAddrSpec(byte[] bytes, int from) {
        int at = from;
        while (at < paramsEnd && bytes[at] != ';') {
            at++;
        }
        bracketed = false;
        uriStart = from;
        uriEnd = SipText.trimEnd(bytes, from, at);
        paramsStart = at;
        return uriEnd > uriStart && !needsBrackets(bytes, from, paramsEnd);
    }

    private static boolean needsBrackets(byte[] bytes, int from, int to) {
        boolean hasSemicolon = false;
        for (int at = from; at < to; at++) {
            if (bytes[at] == '?' || (bytes[at] == '@' && hasSemicolon)) {
                return true;
            }
            hasSemicolon |= bytes[at] == ';';
        }
        return false;
    }

    /** Whether one of the comma-separated values has no angle brackets although its URI needs them. */
    static boolean isAnyUnbracketed(byte[] bytes, int from, int to) {
        for (int at = SipText.skipLws(bytes, from, to); at < to; ) {
            int end = Lists.valueEnd(bytes, at, to);
            boolean isPlain = bytes[at] != '<' && bytes[at] != '"' && indexOf(bytes, at, end, (byte) '<') == end;
            if (isPlain && needsBrackets(bytes, at, end)) {
                return true;
            }
            at = SipText.skipLws(bytes, Math.min(end + 1, to), to);
        }
        return false;
    }

    private static int indexOf(byte[] bytes, int from, int to, byte wanted) {
        int at = from;
        while (at < to && bytes[at] != wanted) {
            at++;
        }
        return at;
    }

    /** The display name as written, quotes included; empty if there is none. */
    public int displayStart() {
        return displayStart;
    }

    public int displayEnd() {
        return displayEnd;
    }

    public int uriStart() {
        return uriStart;
    }

    public int uriEnd() {
        return uriEnd;
    }

    /** Where the header's parameters begin: behind the URI and its bracket. */
    public int paramsStart() {
        return paramsStart;
    }

    public int paramsEnd() {
        return paramsEnd;
    }

    /** Whether the URI stands in angle brackets. */
    public boolean isBracketed() {
        return bracketed;
    }
}
