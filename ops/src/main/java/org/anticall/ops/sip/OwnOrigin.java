package org.anticall.ops.sip;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Instant;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The desk's own hand in the session descriptions the caller gets: all of a call are of one session, whoever is behind them
 * (the first operator, another one, the callee), as if one party of an ordinary call changed its mind.
 *
 * <p>{@code o=} keeps its session and address and goes up by one with each change (RFC 3264 §8); {@code s=} is {@code -}; of
 * attributes only those stay that say how to send sound. What names a program, a person or a browser goes: {@code i=},
 * {@code u=}, {@code e=}, {@code p=} and every attribute that is not known to be harmless. Owned by the desk's thread.
 */
final class OwnOrigin {

    private static final Pattern HARMLESS = Pattern.compile(
            "a=(?:rtpmap|fmtp|ptime|maxptime|rtcp|rtcp-mux|crypto|sendrecv|sendonly|recvonly|inactive)(?::.*)?");
    private static final Pattern TELLING = Pattern.compile("[iuep]=.*");
    private static final Pattern ORIGIN = Pattern.compile("o=\\S+ \\S+ \\S+ (IN \\S+ \\S+)");

    private final String session;
    private String address = "";
    private String last = "";
    private long version;

    /**
     * @param callId gives the session its number, so that it is the same after a restart
     * @param now where the versions begin: later than before a restart
     */
    OwnOrigin(String callId, Instant now) {
        this.session = Integer.toUnsignedString(callId.hashCode());
        this.version = now.getEpochSecond();
    }

    /** {@code body} as the caller gets it; what is no session description stays as it is. */
    Body of(Body body) {
        if (!body.isSession()) {
            return body;
        }
        String text = body.text()
                .lines()
                .filter(line -> !TELLING.matcher(line).matches())
                .filter(line -> !line.startsWith("a=") || HARMLESS.matcher(line).matches())
                .map(line -> line.startsWith("s=") ? "s=-" : line)
                .collect(Collectors.joining("\r\n", "", body.text().endsWith("\n") ? "\r\n" : ""));
        String sameAsLast = ORIGIN.matcher(text).replaceFirst("o=");
        if (!sameAsLast.equals(last)) {
            version++;
            last = sameAsLast;
        }
        var origin = ORIGIN.matcher(text);
        if (address.isEmpty() && origin.find()) {
            address = origin.group(1);
        }
        String own = "o=- " + session + " " + version + " " + address;
        return new Body(body.type(), ORIGIN.matcher(text).replaceFirst(own).getBytes(ISO_8859_1));
    }
}
