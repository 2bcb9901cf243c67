package org.anticall.gateway.config;

/** What SIP travels on (RFC 3261 §18). */
public enum Transport {
    UDP,
    TCP,
    TLS;

    /** As in a {@code transport} parameter. */
    public String text() {
        return switch (this) {
            case UDP -> "udp";
            case TCP -> "tcp";
            case TLS -> "tls";
        };
    }
}
