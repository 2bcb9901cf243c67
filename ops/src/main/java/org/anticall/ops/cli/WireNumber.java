package org.anticall.ops.cli;

import java.util.Locale;

/**
 * A party's address as a SIP header or a person writes it: {@code +77172700000}, {@code 8 7172 70-00-00},
 * {@code tel:+7717…;phone-context=…}, {@code sip:+7717…;npdi@host;user=phone}, {@code "Name" <sip:…>},
 * {@code anonymous}.
 */
final class WireNumber {

    private WireNumber() {}

    /**
     * What stands for the number: the user part of a SIP URI or the subscriber of a tel URI, without parameters
     * (RFC 3261 §19.1.2, RFC 3966 §3). Empty if the address names nobody.
     */
    static String userOf(String address) {
        String uri = uriOf(address.strip());
        String lower = uri.toLowerCase(Locale.ROOT);
        if (lower.startsWith("tel:")) {
            return beforeAny(uri.substring(4), ";?");
        }
        boolean sip = lower.startsWith("sip:") || lower.startsWith("sips:");
        String rest = sip ? uri.substring(uri.indexOf(':') + 1) : uri;
        int at = rest.indexOf('@');
        if (sip && at < 0 && !beforeAny(rest, ";?").matches("\\+?[0-9]+")) {
            return ""; // sip:host has no user part
        }
        String user = at < 0 ? rest : rest.substring(0, at);
        return beforeAny(user, sip ? ";:?" : ";").strip();
    }

    /** The part between angle brackets, display name skipped; the whole text if there are none. */
    private static String uriOf(String address) {
        int from = 0;
        if (address.startsWith("\"")) {
            from = 1;
            while (from < address.length() && address.charAt(from) != '"') {
                from += address.charAt(from) == '\\' ? 2 : 1;
            }
        }
        int open = address.indexOf('<', from);
        int close = open < 0 ? -1 : address.indexOf('>', open);
        return close < 0 ? address : address.substring(open + 1, close).strip();
    }

    private static String beforeAny(String text, String ends) {
        for (int i = 0; i < text.length(); i++) {
            if (ends.indexOf(text.charAt(i)) >= 0) {
                return text.substring(0, i);
            }
        }
        return text;
    }
}
