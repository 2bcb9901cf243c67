package org.anticall.rules.passport;

import java.util.Locale;

/**
 * Whether a certificate might be fetched from an address at all: over https, from a named host, on port 443 or 8443, without
 * user, query and fragment. Anything else would let a caller choose what the network connects to, or hide one address
 * behind another. Nothing is ever fetched here; an address that is refused is refused by its text.
 */
final class CertificateAddress {

    private static final String SCHEME = "https://";

    private CertificateAddress() {}

    static boolean isFit(String address) {
        String lower = address.toLowerCase(Locale.ROOT);
        if (!lower.startsWith(SCHEME)) {
            return false;
        }
        String rest = lower.substring(SCHEME.length());
        int slash = rest.indexOf('/');
        String authority = slash < 0 ? rest : rest.substring(0, slash);
        if (rest.indexOf('?') >= 0 || rest.indexOf('#') >= 0 || authority.indexOf('@') >= 0) {
            return false;
        }
        int colon = authority.indexOf(':');
        String port = colon < 0 ? "443" : authority.substring(colon + 1);
        return (port.equals("443") || port.equals("8443"))
                && isHostName(colon < 0 ? authority : authority.substring(0, colon));
    }

    /** Labels of letters, digits and hyphens with a dot between; the last one is no number, as that of an IP address is. */
    private static boolean isHostName(String host) {
        int label = 0;
        int dots = 0;
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c == '.') {
                if (i == label) {
                    return false;
                }
                label = i + 1;
                dots++;
            } else if (c != '-' && !(c >= '0' && c <= '9') && !isLetter(c)) {
                return false;
            }
        }
        return dots > 0 && label < host.length() && isLetter(host.charAt(label));
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z';
    }
}
