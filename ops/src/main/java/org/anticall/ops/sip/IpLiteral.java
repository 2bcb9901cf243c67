package org.anticall.ops.sip;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** An IP address written as digits. The stack would ask the DNS, blocking, for anything else. */
final class IpLiteral {

    private static final Pattern V4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    private IpLiteral() {}

    /** Whether {@code host} is an IPv4 or IPv6 address in digits, the latter with or without brackets. */
    static boolean is(String host) {
        return V4.matcher(host).matches() || host.indexOf(':') >= 0;
    }

    /**
     * Reads an address without asking anybody.
     *
     * @throws IllegalArgumentException if {@code host} is not an address in digits
     */
    static InetAddress parse(String host) {
        if (!is(host)) {
            throw new IllegalArgumentException(
                    "\"" + host + "\" is no IP address, expected one in digits like 127.0.0.1");
        }
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(
                    "\"" + host + "\" is no IP address, expected one in digits like 127.0.0.1", e);
        }
    }
}
