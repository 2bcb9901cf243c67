package org.anticall.rules.passport;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An Identity header's value taken apart, nothing decoded (RFC 8224 §4):
 *
 * <pre>
 * Identity = signed-identity-digest SEMI ident-info *( SEMI ident-info-params )
 * </pre>
 *
 * @param token the three parts of the digest, still in base64url
 * @param info address of the certificate, empty if there is none
 * @param alg empty if there is none, which means ES256
 * @param ppt kind of PASSporT, lower case, empty if there is none
 */
record IdentityHeader(Token token, String info, String alg, String ppt) {

    /** Longest value that is looked into, characters. */
    static final int MAX_CHARACTERS = 8_192;

    /** A JWS in its compact form (RFC 7515 §7.1): protected header, claims, signature. */
    record Token(String head, String claims, String signature) {}

    /** The header with that value, null if it is malformed. */
    static @Nullable IdentityHeader parse(String value) {
        int end = value.indexOf(';');
        if (end < 0 || value.length() > MAX_CHARACTERS) {
            return null;
        }
        String[] parts = value.substring(0, end).strip().split("\\.", -1);
        Map<String, String> params = params(value, end);
        if (parts.length != 3 || params == null) {
            return null;
        }
        return new IdentityHeader(
                new Token(parts[0], parts[1], parts[2]),
                params.getOrDefault("info", ""),
                params.getOrDefault("alg", ""),
                params.getOrDefault("ppt", "").toLowerCase(Locale.ROOT));
    }

    /** What stands from the first semicolon on, by lower-case name; null if it is malformed or a name comes twice. */
    private static @Nullable Map<String, String> params(String value, int semicolon) {
        Map<String, String> params = new HashMap<>();
        int at = semicolon;
        while (at < value.length()) {
            int equals = value.indexOf('=', at);
            if (value.charAt(at) != ';' || equals < 0) {
                return null;
            }
            String name = value.substring(at + 1, equals).strip().toLowerCase(Locale.ROOT);
            int from = blanksFrom(value, equals + 1);
            int end = textEnd(value, from);
            if (end < 0 || params.putIfAbsent(name, unwrapped(value.substring(from, end))) != null) {
                return null;
            }
            at = blanksFrom(value, end);
        }
        return params;
    }

    /** Where the text that begins at {@code from} ends; -1 if a bracket or quote is not closed. */
    private static int textEnd(String value, int from) {
        char first = from < value.length() ? value.charAt(from) : ';';
        if (first == '<' || first == '"') {
            int last = value.indexOf(first == '<' ? '>' : '"', from + 1);
            return last < 0 ? -1 : last + 1;
        }
        int semicolon = value.indexOf(';', from);
        return semicolon < 0 ? value.length() : semicolon;
    }

    private static String unwrapped(String text) {
        boolean wrapped = text.startsWith("<") || text.startsWith("\"");
        return wrapped ? text.substring(1, text.length() - 1) : text.strip();
    }

    private static int blanksFrom(String value, int from) {
        int at = from;
        while (at < value.length() && value.charAt(at) <= ' ') {
            at++;
        }
        return at;
    }
}
