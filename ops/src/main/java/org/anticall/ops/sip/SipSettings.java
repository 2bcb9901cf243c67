package org.anticall.ops.sip;

import java.net.InetAddress;
import java.util.function.Predicate;

/**
 * How one {@link SipEndpoint} is made.
 *
 * @param address IP literal to listen on; it also stands in Via and Contact, so not a wildcard
 * @param port UDP port, 1–65535, or 0 for any free one
 * @param backToBack whether the stack's dialogs belong to a back-to-back user agent: the stack then holds a re-INVITE
 *     back until the one before is acknowledged
 * @param admits who may speak to us; a request of anybody else is dropped without an answer
 * @param threads threads that parse datagrams, 1–64
 * @param maxMessageBytes a longer datagram is cut and then dropped, 1,500–65,535
 */
public record SipSettings(
        String address, int port, boolean backToBack, Predicate<InetAddress> admits, int threads, int maxMessageBytes) {

    public SipSettings {
        IpLiteral.parse(address);
        requireRange("port", port, 0, 65_535);
        requireRange("threads", threads, 1, 64);
        requireRange("maxMessageBytes", maxMessageBytes, 1_500, 65_535);
    }

    /** A user agent on {@code address} and {@code port} to whom everybody may speak. */
    public static SipSettings at(String address, int port) {
        return new SipSettings(address, port, false, peer -> true, 4, 16_384);
    }

    /** The same, as a back-to-back user agent. */
    public SipSettings asBackToBack() {
        return new SipSettings(address, port, true, admits, threads, maxMessageBytes);
    }

    /** The same, only for peers that {@code admits} says yes to. */
    public SipSettings onlyFrom(Predicate<InetAddress> admits) {
        return new SipSettings(address, port, backToBack, admits, threads, maxMessageBytes);
    }

    SipSettings onPort(int actualPort) {
        return new SipSettings(address, actualPort, backToBack, admits, threads, maxMessageBytes);
    }

    private static void requireRange(String name, int value, int from, int to) {
        if (value < from || value > to) {
            throw new IllegalArgumentException(name + " is " + value + ", expected " + from + " to " + to);
        }
    }
}
