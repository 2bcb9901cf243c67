package org.anticall.gateway.transport;

import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.security.auth.x500.X500Principal;

/**
 * Who a certificate says its holder is (RFC 5922 §7.1): {@code sip} URIs and host names of its alternative names, its
 * common name only where it has none of these. No wildcards.
 *
 * @param names in lower case
 * @param addresses IP addresses of its alternative names, as text
 */
record CertificateNames(Set<String> names, Set<String> addresses) {

    static final CertificateNames NONE = new CertificateNames(Set.of(), Set.of());
    private static final int DNS_NAME = 2;
    private static final int URI = 6;
    private static final int IP_ADDRESS = 7;

    /** The names of the peer's verified certificate; {@link #NONE} if it showed none. */
    static CertificateNames of(SSLSession session) {
        try {
            return session.getPeerCertificates()[0] instanceof X509Certificate certificate ? of(certificate) : NONE;
        } catch (SSLPeerUnverifiedException none) {
            return NONE;
        }
    }

    static CertificateNames of(X509Certificate certificate) {
        Set<String> names = new HashSet<>();
        Set<String> addresses = new HashSet<>();
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            for (List<?> each : alternatives == null ? List.<List<?>>of() : alternatives) {
                String text = String.valueOf(each.get(1)).toLowerCase(Locale.ROOT);
                switch ((Integer) each.get(0)) {
                    case DNS_NAME -> names.add(text);
                    case URI -> addUri(names, text);
                    case IP_ADDRESS -> addresses.add(text);
                    default -> {}
                }
            }
        } catch (CertificateParsingException unreadable) {
            return NONE;
        }
        if (names.isEmpty() && addresses.isEmpty()) {
            addCommonName(names, certificate.getSubjectX500Principal());
        }
        return new CertificateNames(Set.copyOf(names), Set.copyOf(addresses));
    }

    /** Only a URI without user part names a domain. */
    private static void addUri(Set<String> names, String uri) {
        if (uri.startsWith("sip:") && uri.indexOf('@') < 0) {
            names.add(uri.substring("sip:".length()));
        }
    }

    private static void addCommonName(Set<String> names, X500Principal subject) {
        for (String part : subject.getName(X500Principal.RFC2253).split(",", -1)) {
            if (part.startsWith("CN=")) {
                names.add(part.substring("CN=".length()).toLowerCase(Locale.ROOT));
                return;
            }
        }
    }

    boolean isAddress(InetAddress address) {
        return addresses.contains(address.getHostAddress());
    }
}
